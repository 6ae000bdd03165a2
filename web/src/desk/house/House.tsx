import { Link, Outlet } from "@tanstack/react-router";
import styles from "./house.module.css";

const PLACES = [
  ["/house", "Members"],
  ["/house/keys", "Keys"],
  ["/house/webhooks", "Webhooks"],
  ["/house/audit", "Audit"],
  ["/house/settings", "Settings"],
] as const;

export function House() {
  return (
    <>
      <nav aria-label="House" className={styles.places}>
        {PLACES.map(([to, name]) => (
          <Link key={to} to={to} activeOptions={{ exact: to === "/house" }} className={styles.place}>
            {name}
          </Link>
        ))}
      </nav>
      <Outlet />
    </>
  );
}
