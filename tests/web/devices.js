// Microphones that can be unplugged, which Chromium's own fake ones cannot.
const media = navigator.mediaDevices;
const listed = media.enumerateDevices.bind(media);
const opened = media.getUserMedia.bind(media);
const tracks = new Set();
let unplugged = [];

const microphones = async () => (await listed()).filter((one) => one.kind === "audioinput");

media.enumerateDevices = async () => (await listed()).filter((one) => !unplugged.includes(one.deviceId));

media.getUserMedia = async (wanted) => {
  const there = (await microphones()).filter((one) => !unplugged.includes(one.deviceId));
  if (wanted.audio && there.length === 0) throw new DOMException("none", "NotFoundError");
  const stream = await opened(wanted);
  for (const track of stream.getAudioTracks()) tracks.add(track);
  return stream;
};

globalThis.unplug = async (all) => {
  const used = [...tracks].filter((one) => one.readyState === "live");
  const gone = all ? await microphones() : used.map((one) => one.getSettings());
  unplugged = gone.map((one) => one.deviceId);
  for (const track of used) {
    track.stop();
    track.dispatchEvent(new Event("ended"));
  }
  media.dispatchEvent(new Event("devicechange"));
};

globalThis.plug = () => {
  unplugged = [];
  media.dispatchEvent(new Event("devicechange"));
};
