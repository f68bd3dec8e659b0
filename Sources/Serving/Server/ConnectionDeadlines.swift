// Deadlines of one connection: slow headers, slow bodies, slow readers and idle ones are closed.
import NIOCore
import NIOHTTPTypes
import Vocabulary

/// Stands between the HTTP codec and the application; one per connection, on its event loop.
final class ConnectionDeadlines: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limits: ServerLimits
    private let counts: ConnectionCounts
    private var address: String?
    private var inFlight = 0
    private var isReadingBody = false
    private var bodyBytes = 0
    private var endsUnderWay = 0
    private var reading: Scheduled<Void>?
    private var stalled: Scheduled<Void>?
    private var ending: Scheduled<Void>?

    init(limits: ServerLimits, counts: ConnectionCounts) {
        self.limits = limits
        self.counts = counts
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { begin(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        begin(context)
        context.fireChannelActive()
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard address == nil else { return }
        let from = context.remoteAddress?.ipAddress ?? "unknown"
        guard counts.enter(from) else { return context.close(promise: nil) }
        address = from
        reading = deadline(context, limits.headerTime)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    private func end() {
        if let address { counts.leave(address) }
        address = nil
        for task in [reading, stalled, ending] { task?.cancel() }
        (reading, stalled, ending) = (nil, nil, nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            inFlight += 1
            isReadingBody = true
            bodyBytes = 0
            restartReading(context, limits.bodyTime)
        case .body(let bytes):
            bodyBytes += bytes.readableBytes
            // A refused body is read to its end, so that the refusal arrives; but not for ever.
            if bodyBytes > 32 * limits.formBytes { return context.close(promise: nil) }
        case .end:
            isReadingBody = false
            reading?.cancel()
            reading = nil
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .end = unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
        inFlight -= 1
        endsUnderWay += 1
        if ending == nil { ending = deadline(context, limits.stallTime) }
        let written = promise ?? context.eventLoop.makePromise()
        written.futureResult.assumeIsolated().whenComplete { _ in
            self.endsUnderWay -= 1
            if self.endsUnderWay == 0 {
                self.ending?.cancel()
                self.ending = nil
            }
        }
        context.write(data, promise: written)
        if inFlight == 0, !isReadingBody { restartReading(context, limits.idleTime) }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stalled?.cancel()
        stalled = context.channel.isWritable ? nil : deadline(context, limits.stallTime)
        context.fireChannelWritabilityChanged()
    }

    private func restartReading(_ context: ChannelHandlerContext, _ time: Span) {
        reading?.cancel()
        reading = deadline(context, time)
    }

    private func deadline(_ context: ChannelHandlerContext, _ time: Span) -> Scheduled<Void> {
        context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(time.milliseconds)) { context.close(promise: nil) }
    }
}

@available(*, unavailable)
extension ConnectionDeadlines: Sendable {}
