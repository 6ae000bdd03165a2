import { Link, Outlet } from "@tanstack/react-router";
import { Suspense } from "react";
import { Button } from "../shared/ui/Button";
import { useMember, useRights, useSignOut } from "./session/data";
import { ROLES } from "./words";
import styles from "./Shell.module.css";

/** The bar above every sheet: where one can go, who one is. */
export function Shell() {
  const member = useMember();
  const rights = useRights();
  const signOut = useSignOut();
  return (
    <>
      <a href="#main" className={styles.skip}>
        Skip to the content
      </a>
      <header className={styles.bar}>
        <nav aria-label="Desk" className={styles.nav}>
          <Link to="/interviews" className={styles.link}>
            Interviews
          </Link>
          <Link to="/live" className={styles.link}>
            Live
          </Link>
          <Link to="/jobs" className={styles.link}>
            Jobs
          </Link>
          {rights.seesCandidates && (
            <Link to="/candidates" className={styles.link}>
              Candidates
            </Link>
          )}
          {rights.readsFairness && (
            <Link to="/requests" className={styles.link}>
              Requests
            </Link>
          )}
          {rights.readsFairness && (
            <Link to="/agreement" className={styles.link}>
              Agreement
            </Link>
          )}
          {rights.readsHouse && (
            <Link to="/house" className={styles.link}>
              House
            </Link>
          )}
        </nav>
        <div className={styles.who}>
          <span className={styles.name}>
            <bdi>{member.email}</bdi> <span className="muted">{ROLES[member.role]}</span>
          </span>
          <Button kind="quiet" onPress={() => void signOut()}>
            Sign out
          </Button>
        </div>
      </header>
      <Suspense fallback={<main id="main" aria-busy="true" aria-label="Loading" />}>
        <Outlet />
      </Suspense>
    </>
  );
}
