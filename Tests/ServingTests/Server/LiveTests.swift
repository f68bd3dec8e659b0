// The server on real sockets: start, limits, slow and greedy clients, cut downloads, shutdown.
import Artifacts
import Logging
import Recording
import ServiceLifecycle
import Testing
import Vocabulary

@testable import Serving

@Suite(.serialized)
struct LiveTests {
    /// Serves a test's site on a free port while the body runs, and shuts down gracefully afterwards.
    private func serving(
        _ test: TestSite, artifacts: (any ArtifactStore)? = nil, _ body: @escaping @Sendable (Int, ServiceGroup) async throws -> Void
    ) async throws {
        let (ports, bound) = AsyncStream<Int>.makeStream()
        var configuration = test.site.configuration
        configuration.onBound = { bound.yield($0) }
        let site = Site(
            configuration: configuration, store: test.store, artifacts: artifacts ?? test.artifacts, renderer: test.site.renderer, assets: test.site.assets,
            logger: test.site.logger)
        let group = ServiceGroup(configuration: .init(services: [SiteService(site: site)], logger: test.site.logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let port = await iterator.next() ?? 0
            try await body(port, group)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    private func limits(_ change: (inout ServerLimits) -> Void) -> ServerLimits {
        var limits = ServerLimits()
        change(&limits)
        return limits
    }

    private let short = Span(milliseconds: 300)

    @Test func `Port 0 takes a free one, and one connection serves several requests`() async throws {
        try await TestSite.with { test async throws in
            try await serving(test) { port, _ async throws in
                #expect(port > 0)
                let connection = try #require(RawConnection(port: port))
                connection.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                #expect(await connection.read(until: "alive\n")?.hasPrefix("HTTP/1.1 200") == true)
                connection.send("HEAD /healthz HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n")
                #expect(await connection.read(until: "\r\n\r\n")?.lowercased().contains("content-length: 6") == true)
                connection.send("GET /about HTTP/1.1\r\nHost: localhost:\(port)\r\nConnection: close\r\n\r\n")
                let page = String(decoding: try #require(await connection.readToEnd()), as: UTF8.self)
                #expect(page.hasPrefix("HTTP/1.1 200") && page.contains("The about page"))
            }
        }
    }

    @Test func `Who sends no header, half a header or half a body is hung up on`() async throws {
        try await TestSite.with(limits: limits { $0.headerTime = short; $0.bodyTime = short }) { test async throws in
            try await serving(test) { port, _ async throws in
                let silent = try #require(RawConnection(port: port))
                let half = try #require(RawConnection(port: port))
                half.send("GET / HTTP/1.1\r\nHost: loc")
                let body = try #require(RawConnection(port: port))
                body.send("POST /login HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 10\r\n\r\nx")
                #expect(await silent.readToEnd() == [])
                #expect(await half.readToEnd() == [])
                #expect(await body.readToEnd() == [])
            }
        }
    }

    @Test func `An idle connection is closed after its time`() async throws {
        try await TestSite.with(limits: limits { $0.idleTime = short }) { test async throws in
            try await serving(test) { port, _ async throws in
                let connection = try #require(RawConnection(port: port))
                connection.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                #expect(String(decoding: try #require(await connection.readToEnd()), as: UTF8.self).hasSuffix("alive\n"))
            }
        }
    }

    @Test func `Headers beyond the limit are refused`() async throws {
        try await TestSite.with { test async throws in
            try await serving(test) { port, _ async throws in
                for header in ["X-Large: " + String(repeating: "a", count: 40_000), (0..<150).map { "X-\($0): a" }.joined(separator: "\r\n")] {
                    let connection = try #require(RawConnection(port: port))
                    connection.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\(header)\r\n\r\n")
                    let answer = String(decoding: try #require(await connection.readToEnd()), as: UTF8.self)
                    #expect(!answer.contains("alive"))
                }
            }
        }
    }

    @Test func `Requests that two servers could read in two ways are refused and the connection is closed`() async throws {
        let heads = [
            "Content-Length: 6\r\nTransfer-Encoding: chunked", "Content-Length: 6\r\nContent-Length: 7", "Content-Length: 6, 6", "Content-Length: +6",
            "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, identity", "Transfer-Encoding : chunked", "X: a\r\n b", "X: a\u{0}b",
        ]
        try await TestSite.with { test async throws in
            try await serving(test) { port, _ async throws in
                for head in heads {
                    let connection = try #require(RawConnection(port: port))
                    connection.send("POST /login HTTP/1.1\r\nHost: localhost\r\n\(head)\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    let answer = String(decoding: try #require(await connection.readToEnd()), as: UTF8.self)
                    #expect(answer.hasPrefix("HTTP/1.1 400") && !answer.contains("alive"), "\(head)")
                }
                let twoHosts = try #require(RawConnection(port: port))
                twoHosts.send("GET /about HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
                #expect(String(decoding: try #require(await twoHosts.readToEnd()), as: UTF8.self).hasPrefix("HTTP/1.1 400"))
            }
        }
    }

    @Test func `An address holds so many connections and no more`() async throws {
        try await TestSite.with(limits: limits { $0.connectionsPerAddress = 3; $0.countsLoopback = true }) { test async throws in
            try await serving(test) { port, _ async throws in
                var held: [RawConnection] = []
                for _ in 0..<3 {
                    let connection = try #require(RawConnection(port: port))
                    connection.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    #expect(await connection.read(until: "alive\n") != nil)
                    held.append(connection)
                }
                let fourth = try #require(RawConnection(port: port))
                #expect(await fourth.readToEnd() == [])
                #expect(held.count == 3)
            }
        }
    }

    @Test func `A large file streams whole, and who does not read it is hung up on`() async throws {
        try await TestSite.with(limits: limits { $0.stallTime = short }) { test async throws in
            let size = 24 << 20
            let stored = try await test.artifacts.put([ByteSource([UInt8](repeating: 7, count: size))])
            let output = Output(name: "large", path: "large.bin", declared: true, sha256: stored[0].sha256, bytes: Int64(size))
            try await TestSite.publish(test.store, test.artifacts, "forecast", outputs: [output], at: test.clock.now)
            let token = try await test.token(of: "viewer", .read)
            let request = "GET /reports/forecast/editions/2/files/large.bin HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\nConnection: close\r\n\r\n"
            try await serving(test) { port, _ async throws in
                let reader = try #require(RawConnection(port: port))
                reader.send(request)
                let whole = try #require(await reader.readToEnd())
                #expect(whole.count > size && whole.suffix(size).allSatisfy { $0 == 7 })
                let lazy = try #require(RawConnection(port: port, receiveBuffer: 4096))
                lazy.send(request)
                await RawConnection.idle(milliseconds: 1500)
                let part = try #require(await lazy.readToEnd())
                #expect(part.count < size)
            }
        }
    }

    private static let download = "GET /reports/forecast/editions/1/files/forecast.csv HTTP/1.1\r\nHost: localhost\r\n"

    @Test func `Shutdown lets a request in flight finish and takes no more`() async throws {
        try await TestSite.with { test async throws in
            let artifacts = GatedArtifacts(test.artifacts)
            let token = try await test.token(of: "viewer", .read)
            try await serving(test, artifacts: artifacts) { port, group async throws in
                let connection = try #require(RawConnection(port: port))
                connection.send(Self.download + "Authorization: Bearer \(token)\r\n\r\n")
                await artifacts.arrival()
                await group.triggerGracefulShutdown()
                artifacts.letOneGo()
                let answer = try #require(await connection.readToEnd())
                #expect(answer.starts(with: Array("HTTP/1.1 200".utf8)) && answer.suffix(test.csv.count).elementsEqual(test.csv))
            }
        }
    }

    @Test func `Shutdown cuts off what does not finish in its time`() async throws {
        try await TestSite.with(limits: limits { $0.shutdownTime = short }) { test async throws in
            let artifacts = GatedArtifacts(test.artifacts)
            let token = try await test.token(of: "viewer", .read)
            try await serving(test, artifacts: artifacts) { port, _ async throws in
                let connection = try #require(RawConnection(port: port))
                connection.send(Self.download + "Authorization: Bearer \(token)\r\n\r\n")
                await artifacts.arrival()
            }
            // Coming here at all is the point: the service ended although the request did not.
            #expect(try await test.store.run(test.run)?.status == .succeeded)
        }
    }
}
