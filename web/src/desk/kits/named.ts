import { useQuery } from "@tanstack/react-query";
import { jobsQuery, type KitView } from "../data";

/** What a kit is called among those of all jobs: two that were made of one starter kit have one name. */
export function useKitName(): (kit: KitView) => string {
  const jobs = useQuery(jobsQuery).data ?? [];
  return (kit) => {
    const job = jobs.find((each) => each.id === kit.job_id)?.title;
    return `${job === undefined ? "" : `${job}: `}${kit.name}, v${kit.version ?? 0}, ${kit.language}`;
  };
}
