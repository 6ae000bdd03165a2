import type { Shapes } from "../../shared/api/client";

type Understood = Shapes["Understood"];

const WISHES: Record<Understood["wish"], string> = {
  danger: "a sign of danger",
  distress: "distress",
  person: "a wish for a person",
  stop: "a wish to stop",
  pause: "a wish for a pause",
  trouble: "trouble with hearing",
  robot: "the question who speaks",
  progress: "the question how it goes",
  repeat: "a wish to hear the question again",
  rephrase: "a wish for other words",
};

/** Who took what for a wish: what the AI said next followed from it. */
export function inWords({ wish, words, model }: Understood): string {
  return `a model (${model}) took “${words}” for ${WISHES[wish]}`;
}
