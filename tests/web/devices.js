// Microphones that can be unplugged, taken away or made deaf, which Chromium's own fake ones cannot.
const media = navigator.mediaDevices;
const listed = media.enumerateDevices.bind(media);
const opened = media.getUserMedia.bind(media);
const asked = navigator.permissions.query.bind(navigator.permissions);
const tracks = new Set();
let unplugged = [];
let heard = null;
const permission = Object.assign(new EventTarget(), { state: "granted", onchange: null });

const microphones = async () => (await listed()).filter((one) => one.kind === "audioinput");
const live = () => [...tracks].filter((one) => one.readyState === "live");

// A track of that very device, by which nothing is heard.
const hushed = (track) => {
  const [silent] = new AudioContext().createMediaStreamDestination().stream.getAudioTracks();
  const stop = silent.stop.bind(silent);
  silent.getSettings = () => track.getSettings();
  silent.stop = () => {
    stop();
    track.stop();
  };
  return silent;
};

media.enumerateDevices = async () => (await listed()).filter((one) => !unplugged.includes(one.deviceId));

media.getUserMedia = async (wanted) => {
  if (permission.state === "denied") throw new DOMException("no", "NotAllowedError");
  const there = (await microphones()).filter((one) => !unplugged.includes(one.deviceId));
  if (wanted.audio && there.length === 0) throw new DOMException("none", "NotFoundError");
  const stream = await opened(wanted);
  const given = stream.getAudioTracks().map((track) =>
    heard === null || track.getSettings().deviceId === heard ? track : hushed(track),
  );
  for (const track of given) tracks.add(track);
  return new MediaStream(given);
};

navigator.permissions.query = async (which) => (which.name === "microphone" ? permission : asked(which));

const end = (track) => {
  track.stop();
  track.dispatchEvent(new Event("ended"));
};

globalThis.unplug = async (all) => {
  const used = live();
  const gone = all ? await microphones() : used.map((one) => one.getSettings());
  unplugged = gone.map((one) => one.deviceId);
  used.forEach(end);
  media.dispatchEvent(new Event("devicechange"));
};

globalThis.plug = () => {
  unplugged = [];
  media.dispatchEvent(new Event("devicechange"));
};

globalThis.revoke = () => {
  permission.state = "denied";
  permission.dispatchEvent(new Event("change"));
  live().forEach(end);
};

globalThis.allow = () => {
  permission.state = "granted";
  permission.dispatchEvent(new Event("change"));
};

globalThis.hearOnly = (device) => {
  heard = device;
};

globalThis.inUse = () => live().map((one) => one.getSettings().deviceId);
