import { useQuery } from "@tanstack/react-query";
import { createContext, useCallback, useContext } from "react";
import { api, body, type Shapes } from "../shared/api/client";
import { everyOne, MANY } from "./data";
import { useMember, useRights } from "./session/data";

type By = Shapes["By"];
export type Colleague = Shapes["ColleagueView"];

/** How colleagues are called whom the interview of a page names, by their identity in its room. */
export const InTheRoom = createContext<ReadonlyMap<string, string>>(new Map());

/** As they sat in the room; by their address who never did, as the answers about the interview tell it. */
export function namesOf(people: readonly Shapes["Seated"][], colleagues: readonly Colleague[] = []): ReadonlyMap<string, string> {
  return new Map([...colleagues.map((each) => [identityOf(each.id), each.email] as const), ...people.map((each) => [each.identity, each.name] as const)]);
}

function identityOf(member: string): string {
  return `int-${member.replaceAll("-", "")}`;
}

/** Everybody's address, by their id, for whoever may read who works here; empty for others. */
export function useAddresses(): ReadonlyMap<string, string> {
  const { readsHouse } = useRights();
  const { data } = useQuery({
    queryKey: ["members", "everybody"],
    enabled: readsHouse,
    staleTime: 60_000,
    queryFn: () => everyOne((after) => body(api.GET("/v1/members", { params: { query: { limit: MANY, ...after } } }))),
    select: addressesOf,
  });
  return data ?? NOBODY;
}

const NOBODY: ReadonlyMap<string, string> = new Map();

function addressesOf(members: readonly Shapes["MemberView"][]): ReadonlyMap<string, string> {
  return new Map(members.map((each) => [each.id, each.email]));
}

export function isOwn(by: By, member: { id: string }): boolean {
  return by.kind === "member" && by.id === member.id;
}

/** How the whole desk calls whoever did something. */
export type CallBy = (by: By) => string;

/**
 * “You”; the name of the person for whom a key spoke; as they sat in the room that the page is about; their address,
 * where the page's answers tell it or for whoever may read who works here. Members have no other name: what is left is
 * the end of their id.
 */
export function useColleagues(): CallBy {
  const member = useMember();
  const room = useContext(InTheRoom);
  const addresses = useAddresses();
  return useCallback(
    (by) => {
      if (isOwn(by, member)) return "You";
      return by.name ?? room.get(identityOf(by.id)) ?? addresses.get(by.id) ?? `Colleague ${by.id.slice(-4)}`;
    },
    [member, room, addresses],
  );
}
