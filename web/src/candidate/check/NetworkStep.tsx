import { useQuery } from "@tanstack/react-query";
import { CheckStatus, ConnectionCheck } from "livekit-client";
import { useWords } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { checkRoom } from "../api";
import { Step, type Standing } from "./Step";

/** Goes the way that the voice will go: a socket to the room's server, then its media. */
async function tryNetwork(): Promise<"ok" | "bad"> {
  const seat = await checkRoom();
  const check = new ConnectionCheck(seat.livekit_url, seat.token);
  const socket = await check.checkWebsocket();
  const media = socket.status === CheckStatus.SUCCESS ? await check.checkWebRTC() : socket;
  return media.status === CheckStatus.SUCCESS ? "ok" : "bad";
}

export function NetworkStep() {
  const words = useWords();
  const tried = useQuery({ queryKey: ["network"], queryFn: tryNetwork, staleTime: Infinity, retry: 1 });
  const standing: Standing = tried.isFetching ? "busy" : tried.data === "ok" ? "ok" : "bad";
  const said = standing === "busy" ? "network.busy" : standing === "ok" ? "network.ok" : "network.bad";
  return (
    <Step title={words.t("network.title")} standing={standing} said={words.t(said)}>
      {standing === "bad" && (
        <>
          <p>{words.t("network.help")}</p>
          <div>
            <Button onPress={() => void tried.refetch()}>{words.t("again")}</Button>
          </div>
        </>
      )}
    </Step>
  );
}
