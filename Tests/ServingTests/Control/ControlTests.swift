// The control socket: private, answering, bounded, gone at the end.
import Glibc
import Logging
import ServiceLifecycle
import Testing

@testable import Serving

struct ControlTests {
    private func serving(_ path: String, _ body: @escaping @Sendable () async throws -> Void) async throws {
        let (signals, bound) = AsyncStream<Void>.makeStream()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let service = ControlService(path: path, logger: logger, onBound: { bound.yield() }) { bytes in
            bytes.isEmpty ? (400, Array("empty".utf8)) : (200, Array(bytes.reversed()))
        }
        let group = ServiceGroup(configuration: .init(services: [service], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = signals.makeAsyncIterator()
            await iterator.next()
            try await body()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    @Test(arguments: ["control.sock", String(repeating: "long-folder-name/", count: 12) + "control.sock"])
    func `Only the owner can open it, it answers, and it is gone at the end`(name: String) async throws {
        try await withTemporaryFolder { folder in
            var path = folder
            for part in name.split(separator: "/") {
                path += "/" + part
                if part != "control.sock" { mkdir(path, 0o700) }
            }
            let socket = path
            try await serving(socket) { () async throws in
                var status = stat()
                #expect(stat(socket, &status) == 0 && status.st_mode & 0o777 == 0o600)
                let answer = try await send(Array("abc".utf8), socket: socket)
                #expect(answer?.status == 200)
                #expect(answer?.body == Array("cba".utf8))
                let empty = try await send([], socket: socket)
                #expect(empty?.status == 400)
                let large = [UInt8](repeating: 7, count: ControlService.bodyLimit)
                let most = try await send(large, socket: socket)
                #expect(most?.status == 200)
            }
            #expect(access(socket, F_OK) != 0)
            let nobody = try await send([1], socket: socket)
            #expect(nobody == nil)
        }
    }

    @Test func `A socket left by a server that died is replaced`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/control.sock"
            for _ in 0..<2 {
                try await serving(path) { () async throws in
                    let answer = try await send([1, 2], socket: path)
                    #expect(answer?.body == [2, 1])
                    // What a kill leaves behind: a name without a listener.
                    link(path, path + ".left")
                }
                rename(path + ".left", path)
            }
        }
    }

    private func send(_ body: [UInt8], socket path: String) async throws -> (status: Int, body: [UInt8])? {
        try await blocking { Result { try ControlClient.send(body, socket: path) } }.get()
    }
}
