import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api } from "../../shared/api/client";
import { kitQuery, marked, type KitView } from "../data";
import { bodyOf, cleaned, hasNumbers, type Body } from "./model";

export type Draft = ReturnType<typeof useDraft>;

/** A kit as it is being written, and as it was saved last. */
export function useDraft(kit: KitView, etag: string) {
  const [value, set] = useState(() => bodyOf(kit));
  const [stored, setStored] = useState(value);
  const [mark, setMark] = useState(etag);
  const [round, setRound] = useState(0);
  const client = useQueryClient();
  const path = { kit_id: kit.id };
  const latest = useRef({ value, stored });
  useEffect(() => {
    latest.current = { value, stored };
  });
  const isGone = useRef(false);
  const save = useMutation({
    mutationFn: ({ asked, over }: { asked: Body; over: string }) =>
      marked(api.PUT("/v1/kits/{kit_id}", { params: { path, header: { "If-Match": over } }, body: cleaned(asked) })),
    // What was written while it was being saved is not saved.
    onSuccess: (now, { asked }) => {
      setMark(now.etag);
      setStored(asked);
      latest.current = { ...latest.current, stored: asked };
      client.setQueryData(kitQuery(kit.id).queryKey, now);
      void client.invalidateQueries({ queryKey: ["kits"] });
    },
  });
  const saved = (over = mark) => save.mutateAsync({ asked: value, over }).catch(() => null);
  const read = () => marked(api.GET("/v1/kits/{kit_id}", { params: { path } }));
  return {
    value,
    set,
    mark,
    save,
    /** Null when it was refused; why is told beside the button. */
    saved: () => saved(),
    isChanged: value !== stored,
    isWhole: hasNumbers(value),
    /** Another one when all fields begin anew. */
    round,
    takeTheirs: async () => {
      const now = await read();
      const theirs = bodyOf(now.value);
      set(theirs);
      setStored(theirs);
      setMark(now.etag);
      setRound(round + 1);
      save.reset();
      client.setQueryData(kitQuery(kit.id).queryKey, now);
    },
    keepMine: async () => saved((await read()).etag),
    mayGo: () => isGone.current || latest.current.value === latest.current.stored,
    /** There is nothing to lose any more. */
    letGo: () => {
      isGone.current = true;
    },
  };
}
