// What a fetch tells of its time: the entries that undici, Node's own and the package, writes.

/** Each member in the order that toJSON has, and where in the state it is. */
const members = {
  name: (s) => s.name,
  entryType: (s) => s.entryType,
  startTime: (s) => s.startTime,
  duration: (s) => s.duration,
  initiatorType: (s) => s.initiatorType,
  nextHopProtocol: (s) => s.info.finalConnectionTimingInfo?.ALPNNegotiatedProtocol,
  workerStart: (s) => s.info.finalServiceWorkerStartTime,
  redirectStart: (s) => s.info.redirectStartTime,
  redirectEnd: (s) => s.info.redirectEndTime,
  fetchStart: (s) => s.info.postRedirectStartTime,
  domainLookupStart: (s) => s.info.finalConnectionTimingInfo?.domainLookupStartTime,
  domainLookupEnd: (s) => s.info.finalConnectionTimingInfo?.domainLookupEndTime,
  connectStart: (s) => s.info.finalConnectionTimingInfo?.connectionStartTime,
  connectEnd: (s) => s.info.finalConnectionTimingInfo?.connectionEndTime,
  secureConnectionStart: (s) => s.info.finalConnectionTimingInfo?.secureConnectionStartTime,
  requestStart: (s) => s.info.finalNetworkRequestStartTime,
  responseStart: (s) => s.info.finalNetworkResponseStartTime,
  responseEnd: (s) => s.info.endTime,
  // what the headers count for, by the specification
  transferSize: (s) => (s.cacheMode === 'local' ? 0 : s.cacheMode === 'validated' ? 300 : s.info.encodedBodySize + 300),
  encodedBodySize: (s) => s.info.encodedBodySize,
  decodedBodySize: (s) => s.info.decodedBodySize,
  deliveryType: (s) => s.deliveryType,
  responseStatus: (s) => s.responseStatus,
};
/** The class's own, in its order. */
const shown = [
  ...['name', 'startTime', 'duration', 'initiatorType', 'workerStart', 'redirectStart', 'redirectEnd', 'fetchStart'],
  ...['domainLookupStart', 'domainLookupEnd', 'connectStart', 'connectEnd', 'secureConnectionStart', 'nextHopProtocol'],
  ...['requestStart', 'responseStart', 'responseEnd', 'encodedBodySize', 'decodedBodySize', 'transferSize'],
  ...['deliveryType', 'responseStatus'],
];

/** The class, and what makes an entry of it. `construct` is the key of PerformanceEntry's constructor. */
module.exports = (PerformanceEntry, construct, stateOf, setState) => {
  class PerformanceResourceTiming extends PerformanceEntry {}
  const { prototype } = PerformanceResourceTiming;
  for (const name of shown)
    Object.defineProperty(prototype, name, {
      ...Object.getOwnPropertyDescriptor(
        {
          get [name]() {
            return members[name](stateOf(this));
          },
        },
        name,
      ),
      enumerable: !(name in PerformanceEntry.prototype),
    });
  Object.defineProperty(prototype, 'toJSON', {
    configurable: true,
    enumerable: true,
    writable: true,
    value: {
      toJSON() {
        const state = stateOf(this);
        return Object.fromEntries(Object.entries(members).map(([name, read]) => [name, read(state)]));
      },
    }.toJSON,
  });
  Object.defineProperty(prototype, Symbol.toStringTag, {
    configurable: true,
    value: 'PerformanceResourceTiming',
  });
  const resourceTiming = (info, name, initiatorType, cacheMode, responseStatus, deliveryType) => {
    const entry = new PerformanceResourceTiming(
      construct,
      name,
      'resource',
      info.startTime,
      info.endTime - info.startTime,
    );
    setState(entry, { ...stateOf(entry), info, initiatorType, cacheMode, responseStatus, deliveryType });
    return entry;
  };
  return { PerformanceResourceTiming, resourceTiming };
};
