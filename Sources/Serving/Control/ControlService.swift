// The control socket: the command line talks to the server that holds the data, over HTTP on a unix socket in the data folder.
import Glibc
import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle
import Vocabulary

/// Answers `POST /control` on a unix socket that only its owner can open.
package struct ControlService: Service {
    /// Gets the body of a request, answers with an HTTP status and a body.
    package typealias Handler = @Sendable ([UInt8]) async -> (status: Int, body: [UInt8])

    private let path: String
    private let logger: Logger
    private let onBound: @Sendable () async -> Void
    private let handle: Handler
    /// The largest request.
    package static let bodyLimit = 1 << 20

    /// A service on `path` (`<data>/control.sock`; the folder is 0700). `handle` gets a body of at most 1 MiB and answers with a status and a body.
    package init(path: String, logger: Logger, onBound: @escaping @Sendable () async -> Void = {}, handle: @escaping Handler) {
        self.path = path
        self.logger = logger
        self.onBound = onBound
        self.handle = handle
    }

    /// Serves until graceful shutdown; a request in flight gets ten seconds. The socket is removed at the end.
    package func run() async throws {
        let address = try SocketAddress(path)
        defer { unlink(path) }
        var quiet = logger
        quiet.logLevel = max(quiet.logLevel, .error)
        let path = self.path
        let bound = onBound
        let application = Application(
            responder: ControlResponder(handle: handle, logger: logger),
            server: .http1(configuration: .init(httpDecoderConfiguration: .init(maxHeaderFieldSize: 8192, maxHeaderListSize: 8192, maxHeaderFieldCount: 50))),
            configuration: .init(address: .unixDomainSocket(path: address.usable)),
            onServerRunning: { _ in
                chmod(path, 0o600)
                await bound()
            },
            logger: quiet)
        try await finishing(within: Span(seconds: 10)) { try await application.run() }
        withExtendedLifetime(address) {}
    }
}

/// Answers requests on the control socket; who can open the socket owns the data, so nothing is decided here.
private struct ControlResponder: HTTPResponder {
    typealias Context = SiteContext
    let handle: ControlService.Handler
    let logger: Logger

    func respond(to request: Request, context: SiteContext) async throws -> Response {
        guard request.method == .post, request.head.path == "/control" else { return Answers.text("not found\n", status: .notFound) }
        var bytes: [UInt8] = []
        for try await part in request.body {
            bytes += part.readableBytesView
            if bytes.count > ControlService.bodyLimit { return Answers.text("too large\n", status: .contentTooLarge) }
        }
        let answer = await handle(bytes)
        return Answers.bytes(answer.body, type: "application/json", status: .init(code: answer.status))
    }
}

/// A path that fits into a socket's address (107 bytes), through the folder's descriptor when it is longer.
final class SocketAddress: Sendable {
    let usable: String
    private let folder: Int32

    init(_ path: String) throws(ServingError) {
        guard path.utf8.count > 100 else {
            usable = path
            folder = -1
            return
        }
        guard let slash = path.lastIndex(of: "/") else {
            throw ServingError(.failed, subject: path, detail: "the name of the control socket is too long")
        }
        folder = open(String(path[..<slash]), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw ServingError(.failed, subject: path, detail: "the folder of the control socket cannot be opened") }
        usable = "/proc/self/fd/\(folder)\(path[slash...])"
    }

    deinit { if folder >= 0 { close(folder) } }
}
