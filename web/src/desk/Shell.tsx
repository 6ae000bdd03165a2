import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { Suspense } from "react";
import { Button } from "../shared/ui/Button";
import { Help } from "./ui/Help";
import { Refusal } from "./ui/Refusal";
import { OnCall } from "./OnCall";
import { Stale } from "./Stale";
import { useMember, useRights, useSignOut } from "./session/data";
import { ROLES } from "./words";
import styles from "./Shell.module.css";

/** The bar above every sheet; a room has its own, for nobody should leave it by a slip. */
export function Shell() {
  const isRoom = useRouterState({ select: (state) => state.location.pathname.endsWith("/room") });
  return (
    <>
      {!isRoom && <Bar />}
      <Suspense fallback={<main id="main" aria-busy="true" aria-label="Loading" />}>
        <Outlet />
      </Suspense>
    </>
  );
}

/** Where one can go, who one is. */
function Bar() {
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
          <span className={styles.ways}>
            <Help />
            <Button kind="quiet" isPending={signOut.isPending} onPress={() => signOut.mutate()}>
              Sign out
            </Button>
          </span>
        </div>
      </header>
      {signOut.isError && <Refusal error={signOut.error} onRetry={() => signOut.mutate()} />}
      {rights.interviews && <OnCall />}
      <Stale />
    </>
  );
}
