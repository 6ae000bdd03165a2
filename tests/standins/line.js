// Every packet takes the line: the page learns its port as the SFU's, and the SFU learns of no way
// to the page but the one that the packets come by.
const own = { ...Object.getOwnPropertyDescriptors(RTCPeerConnection.prototype) };
for (const name of ["addIceCandidate", "setRemoteDescription"]) {
  RTCPeerConnection.prototype[name] = function (told, ...rest) {
    const text = JSON.stringify(told ?? null);
    const led = text.replaceAll(" 127.0.0.1 PORT_OF_SFU ", " 127.0.0.1 PORT_OF_LINE ");
    return own[name].value.call(this, JSON.parse(led), ...rest);
  };
}
for (const name of ["createOffer", "createAnswer"]) {
  RTCPeerConnection.prototype[name] = async function (...options) {
    const { type, sdp } = await own[name].value.apply(this, options);
    return { type, sdp: sdp.replaceAll(/a=candidate:.*\r\n/g, "") };
  };
}
Object.defineProperty(RTCPeerConnection.prototype, "onicecandidate", { set() {} });
