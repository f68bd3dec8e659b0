// A PostgreSQL server of the tests' own: in a temporary folder, reached by a socket in it, and gone when the tests are.
import CLibPQ
import Foundation
import Synchronization

/// A cluster with a server on it. Its default collation is German, so that whatever forgets to say how it sorts is found out.
package final class PostgreSQLServer: Sendable {
    package let folder: String
    /// Where `postgres`, `initdb` and `pg_ctl` are.
    private let programs: String
    /// Files are not synced unless a test is about durability.
    private let settings: String
    /// Held open: its other end is the watch's standard input.
    private let leash: Int32

    /// What a machine must have for the half of the tests that runs on PostgreSQL, or nil.
    package static let programs: String? = {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        let newest = versions.compactMap(Int.init).sorted(by: >).map { "/usr/lib/postgresql/\($0)/bin" }
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return (newest + path.split(separator: ":").map(String.init)).first { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }
    }()

    /// Makes a cluster and starts its server.
    package init(durable: Bool = false) throws {
        guard let programs = PostgreSQLServer.programs else { throw Failure(description: "there is no PostgreSQL server on this machine") }
        self.programs = programs
        let roomy = (try? FileManager.default.attributesOfFileSystem(forPath: "/dev/shm")[.systemFreeSize] as? Int).map { $0 > 2 << 30 } ?? false
        let parent = roomy && !durable ? "/dev/shm" : NSTemporaryDirectory()
        folder = URL(filePath: parent).appending(path: "almanac-postgresql-\(getpid())-\(UUID().uuidString.prefix(8).lowercased())").path
        settings =
            "-c listen_addresses='' -k \(folder) -c max_connections=300 -c max_pred_locks_per_transaction=256 -c shared_buffers=64MB -c dynamic_shared_memory_type=mmap "
            + "-c log_lock_waits=on "
            + (durable ? "" : "-c fsync=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0")
        leash = try PostgreSQLServer.watch(folder, programs: programs)
        try run("initdb", [
            "-D", folder + "/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=de", "--no-sync",
        ])
        try start()
    }

    deinit { close(leash) }

    /// Starts the server and waits until it answers.
    package func start() throws { try run("pg_ctl", ["-D", folder + "/data", "-w", "-s", "-t", "60", "-l", folder + "/log", "-o", settings, "start"]) }

    /// Ends the server: every connection is closed, whatever it was doing.
    package func stop() throws { try run("pg_ctl", ["-D", folder + "/data", "-w", "-s", "-m", "fast", "stop"]) }

    /// What the server wrote into its log.
    package var log: String { Program.read(folder + "/log") }

    /// The address of one of its databases, as `Store.open` takes it.
    package func address(_ database: String) -> String { "postgresql:///\(database)?host=\(folder)&user=postgres" }

    /// Runs statements in a database; the first column of the last answer's first row.
    @discardableResult
    package func run(sql: String, in database: String = "postgres") throws -> String? {
        let connection = PQconnectdb(address(database))
        defer { PQfinish(connection) }
        let result = PQexec(connection, sql)
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK else {
            throw Failure(description: "\(sql): \(connection.map { String(cString: PQerrorMessage($0)) } ?? "no connection")")
        }
        return PQntuples(result) > 0 ? String(cString: PQgetvalue(result, 0, 0)) : nil
    }

    /// Why there is no server, or what it refused.
    package struct Failure: Error, CustomStringConvertible { package let description: String }

    /// PostgreSQL refuses to run as root: root runs it as the user that its package made.
    private static var prefix: [String] { getuid() == 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"] : [] }

    private func run(_ program: String, _ arguments: [String]) throws {
        // A server that kept what Foundation tells the end of a child by would never let `pg_ctl start` end.
        let closing = "for file in /proc/self/fd/*; do n=${file##*/}; ((n > 2)) && eval \"exec $n>&-\"; done; exec \"$@\""
        let command = ["-c", closing, program] + PostgreSQLServer.prefix + ["\(programs)/\(program)"] + arguments
        let finished = try Program.run("/bin/bash", command, in: "/", environment: ["LC_ALL": "C.UTF-8"], limit: 90)
        guard finished.status == 0 else {
            throw Failure(description: "\(program) failed: \(finished.errors)\(finished.output)\(log.suffix(2000))")
        }
    }

    /// Makes the folder and starts the program that ends the server and removes the folder as soon as this process, or its server object, is no more.
    /// It also removes what is left of processes that ended together with their watch.
    private static func watch(_ folder: String, programs: String) throws -> Int32 {
        let script = """
            trap '' INT TERM HUP
            end() {
              [ -f "$1/data/postmaster.pid" ] && $prefix "$programs/pg_ctl" -D "$1/data" -m immediate -s -t 20 stop
              rm -rf "$1"
            }
            for old in "${folder%/*}"/almanac-postgresql-*; do
              owner=${old##*/almanac-postgresql-}
              [ -d "$old" ] && ! kill -0 "${owner%%-*}" 2>/dev/null && end "$old"
            done
            mkdir -m 0700 "$folder" || exit 1
            [ "$(id -u)" = 0 ] && chown postgres: "$folder"
            echo ready
            while :; do
              read -r -t 5 line
              [ $? -gt 128 ] && kill -0 "$parent" 2>/dev/null || break
            done
            end "$folder"
            """
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", script]
        process.currentDirectoryURL = URL(filePath: "/")
        process.environment = [
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "folder": folder, "programs": programs, "prefix": prefix.joined(separator: " "), "parent": "\(getpid())",
        ]
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, FileHandle.nullDevice)
        // Other children must not hold the leash: the watch would wait for them.
        let leash = fcntl(input.fileHandleForWriting.fileDescriptor, F_DUPFD_CLOEXEC, 3)
        try process.run()
        try? input.fileHandleForWriting.close()
        guard output.fileHandleForReading.availableData == Data("ready\n".utf8) else { throw Failure(description: "the folder \(folder) cannot be made") }
        return leash
    }
}
