import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { Gone, Lost } from "./Lost";
import { Shell } from "./Shell";
import { listSearch, pageSearch, textsIn } from "./search";
import { only } from "./ui/Only";

const root = createRootRoute({ component: Shell, notFoundComponent: Lost, errorComponent: Gone });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => redirect({ to: "/interviews", throw: true }),
});

const interviews = createRoute({
  getParentRoute: () => root,
  path: "/interviews",
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import("./interviews/Interviews"), "Interviews"),
});

const interview = createRoute({
  getParentRoute: () => root,
  path: "/interviews/$interview",
  component: lazyRouteComponent(() => import("./interviews/Interview"), "Interview"),
});

const review = createRoute({
  getParentRoute: () => root,
  path: "/interviews/$interview/review",
  validateSearch: (search: Record<string, unknown>) => textsIn(search, ["turn"]),
  component: lazyRouteComponent(() => import("./review/Review"), "Review"),
});

const room = createRoute({
  getParentRoute: () => root,
  path: "/interviews/$interview/room",
  component: lazyRouteComponent(() => import("./cockpit/Cockpit"), "Cockpit"),
});

const live = createRoute({
  getParentRoute: () => root,
  path: "/live",
  component: lazyRouteComponent(() => import("./interviews/Live"), "Live"),
});

const jobs = createRoute({
  getParentRoute: () => root,
  path: "/jobs",
  validateSearch: pageSearch,
  component: lazyRouteComponent(() => import("./jobs/Jobs"), "Jobs"),
});

const job = createRoute({
  getParentRoute: () => root,
  path: "/jobs/$job",
  component: lazyRouteComponent(() => import("./jobs/Job"), "Job"),
});

const kit = createRoute({
  getParentRoute: () => root,
  path: "/kits/$kit",
  component: lazyRouteComponent(() => import("./kits/Kit"), "Kit"),
});

const difference = createRoute({
  getParentRoute: () => root,
  path: "/kits/$kit/changes",
  validateSearch: (search: Record<string, unknown>) => textsIn(search, ["base"]),
  component: lazyRouteComponent(() => import("./kits/Changes"), "Changes"),
});

const mock = createRoute({
  getParentRoute: () => root,
  path: "/kits/$kit/mock",
  component: only("hires", "Mock interview", lazyRouteComponent(() => import("./mock/Mock"), "Mock")),
});

const candidates = createRoute({
  getParentRoute: () => root,
  path: "/candidates",
  validateSearch: pageSearch,
  component: only("seesCandidates", "Candidates", lazyRouteComponent(() => import("./people/Candidates"), "Candidates")),
});

const requests = createRoute({
  getParentRoute: () => root,
  path: "/requests",
  component: only("readsFairness", "Requests", lazyRouteComponent(() => import("./people/Requests"), "Requests")),
});

const invite = createRoute({
  getParentRoute: () => root,
  path: "/invite",
  validateSearch: (search: Record<string, unknown>) => textsIn(search, ["kit"]),
  component: only("hires", "Invite candidates", lazyRouteComponent(() => import("./people/Invite"), "Invite")),
});

const agreement = createRoute({
  getParentRoute: () => root,
  path: "/agreement",
  validateSearch: (search: Record<string, unknown>) => textsIn(search, ["job"]),
  component: only("readsFairness", "Agreement", lazyRouteComponent(() => import("./fairness/Agreement"), "Agreement")),
});

const parity = createRoute({
  getParentRoute: () => root,
  path: "/parity",
  validateSearch: (search: Record<string, unknown>) => textsIn(search, ["kit"]),
  component: only("readsFairness", "Parity", lazyRouteComponent(() => import("./fairness/Parity"), "Parity")),
});

const house = createRoute({
  getParentRoute: () => root,
  path: "/house",
  component: only("readsHouse", "House", lazyRouteComponent(() => import("./house/House"), "House")),
});

const members = createRoute({
  getParentRoute: () => house,
  path: "/",
  component: lazyRouteComponent(() => import("./house/Members"), "Members"),
});

const keys = createRoute({
  getParentRoute: () => house,
  path: "/keys",
  component: lazyRouteComponent(() => import("./house/Keys"), "Keys"),
});

const webhooks = createRoute({
  getParentRoute: () => house,
  path: "/webhooks",
  component: lazyRouteComponent(() => import("./house/Webhooks"), "Webhooks"),
});

const webhook = createRoute({
  getParentRoute: () => house,
  path: "/webhooks/$webhook",
  component: lazyRouteComponent(() => import("./house/Webhook"), "Webhook"),
});

const audit = createRoute({
  getParentRoute: () => house,
  path: "/audit",
  validateSearch: (search: Record<string, unknown>) => textsIn(search, ["subject"]),
  component: lazyRouteComponent(() => import("./house/Audit"), "Audit"),
});

const settings = createRoute({
  getParentRoute: () => house,
  path: "/settings",
  component: lazyRouteComponent(() => import("./house/Settings"), "Settings"),
});

const routes = root.addChildren([
  ...[home, interviews, interview, review, room, live, jobs, job, kit, difference, mock],
  ...[candidates, requests, invite, agreement, parity],
  house.addChildren([members, keys, webhooks, webhook, audit, settings]),
]);

export function newRouter() {
  return createRouter({ routeTree: routes, basepath: "/desk", defaultPreload: "intent", scrollRestoration: true });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}
