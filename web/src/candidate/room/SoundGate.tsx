import { useAudioPlayback, useRoomContext } from "@livekit/components-react";
import { useWords } from "../../shared/i18n/i18n";
import { Button } from "../../shared/ui/Button";
import { Notice } from "../../shared/ui/Notice";

/** Browsers play nothing to somebody who has not clicked yet, e.g. after a reload. */
export function SoundGate() {
  const words = useWords();
  const room = useRoomContext();
  const { canPlayAudio, startAudio } = useAudioPlayback(room);
  if (canPlayAudio) return null;
  return (
    <Notice
      kind="warn"
      title={words.t("sound.title")}
      actions={
        <Button kind="main" onPress={() => void startAudio()}>
          {words.t("sound.start")}
        </Button>
      }
    >
      {words.t("sound.text")}
    </Notice>
  );
}
