// When the main button was pressed, and when the first sound came in after that: ms of this page.
const heard = { pressed: null, sound: null };
globalThis.heard = heard;
const LOUD = 0.01;

addEventListener("pointerdown", () => (heard.pressed = performance.now()), { capture: true });

globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...given) {
    super(...given);
    this.addEventListener("track", ({ track }) => track.kind === "audio" && listen(track));
  }
};

function listen(track) {
  const analyser = new AnalyserNode(new AudioContext(), { fftSize: 1024 });
  analyser.context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    if (!samples.some((one) => Math.abs(one) > LOUD)) return;
    heard.sound ??= performance.now();
    clearInterval(timer);
  }, 10);
}
