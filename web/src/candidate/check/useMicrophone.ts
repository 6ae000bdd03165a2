import { permissionToHear } from "../older";
import { chooseMicrophone, chosenMicrophone } from "../room/place";
import { useCallback, useEffect, useRef, useState } from "react";

export type Microphone =
  | { state: "off" | "asking" | "denied" | "missing" | "busy" | "unsupported" }
  | { state: "on"; track: MediaStreamTrack };

export interface UsesMicrophone {
  microphone: Microphone;
  devices: MediaDeviceInfo[];
  turnOn: (device?: string) => Promise<void>;
}

/** The microphone of the check; it is let go when the page is left. */
export function useMicrophone(): UsesMicrophone {
  const [microphone, setMicrophone] = useState<Microphone>({ state: canHear() ? "off" : "unsupported" });
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  const held = useRef<MediaStreamTrack>(undefined);
  const look = useCallback(async () => {
    const all = await navigator.mediaDevices.enumerateDevices();
    setDevices(all.filter((one) => one.kind === "audioinput" && one.deviceId !== ""));
  }, []);
  const turnOn = useCallback(
    async (device?: string) => {
      setMicrophone((before) => (before.state === "on" ? before : { state: "asking" }));
      try {
        const stream = await streamOf(device);
        held.current?.stop();
        const track = stream.getAudioTracks()[0];
        if (track === undefined) throw new DOMException("no track", "NotFoundError");
        held.current = track;
        track.addEventListener("ended", () => setMicrophone({ state: "missing" }));
        if (device !== undefined) chooseMicrophone(device);
        setMicrophone({ state: "on", track });
        await look();
      } catch (error) {
        setMicrophone({ state: whyNot(error) });
      }
    },
    [look],
  );
  useEffect(() => {
    if (!canHear()) return;
    const changed = () => void look();
    navigator.mediaDevices.addEventListener("devicechange", changed);
    return () => {
      navigator.mediaDevices.removeEventListener("devicechange", changed);
      held.current?.stop();
    };
  }, [look]);
  useAllowed(microphone.state, turnOn);
  return { microphone, devices, turnOn };
}

/** The microphone that is named, else the one that was chosen before, else any. */
async function streamOf(device: string | undefined): Promise<MediaStream> {
  const one = (exact: string) => navigator.mediaDevices.getUserMedia({ audio: { deviceId: { exact } } });
  if (device !== undefined) return one(device);
  const any = () => navigator.mediaDevices.getUserMedia({ audio: true });
  const before = chosenMicrophone();
  return before === undefined
    ? any()
    : one(before).catch((error: unknown) => {
        if (whyNot(error) === "missing") return any();
        throw error;
      });
}

/** Browsers give no microphone to a page that is not secure, nor do some within other apps. */
function canHear(): boolean {
  return (navigator as Partial<Navigator>).mediaDevices !== undefined;
}

/** Somebody who allows the microphone after all need not press anything again. */
function useAllowed(state: Microphone["state"], turnOn: () => Promise<void>): void {
  useEffect(() => {
    if (state !== "denied") return;
    let permission: PermissionStatus | null = null;
    const changed = () => {
      if (permission?.state === "granted") void turnOn();
    };
    void permissionToHear().then((status) => {
      permission = status;
      status?.addEventListener("change", changed);
    });
    return () => permission?.removeEventListener("change", changed);
  }, [state, turnOn]);
}

export function whyNot(error: unknown): "denied" | "missing" | "busy" {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "missing" : "busy";
}
