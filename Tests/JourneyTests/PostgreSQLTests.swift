// The same journey with the record on PostgreSQL: runs, pages, a server of the database that goes away and comes back, and one engine at a time.
import Foundation
import Testing
import TestSupport

@Suite(.disabled(if: PostgreSQLServer.programs == nil, "there is no PostgreSQL server program on this machine"))
struct `The record on PostgreSQL` {
    @Test func `a folder becomes a page, and the server outlives its database's absence`() async throws {
        let database = try PostgreSQLServer()
        let address = database.address("postgres")
        let place = try Workplace(SampleJobs.rainfall().merging(["almanac.yaml": "database: '\(address)'\n"]) { $1 })
        let run = try place.almanac("run", "rainfall", "--wait")
        #expect(run.status == 0, "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: place.folder.path + "/data/record.sqlite"))
        #expect(try place.almanac("user", "add", "ada", "--administrator").status == 0)

        let server = try await place.serve()
        let ada = try Visitor(server)
        try ada.signIn(link: try place.link("ada"))
        #expect(try ada.get("/reports/rainfall").text.contains("In all 60"))
        #expect(try place.almanac("run", "rainfall", "--wait").status == 0)
        #expect(try place.runs().first?["edition"] as? Int == 2)

        // A second engine, with a data folder of its own and the same key, would take this one's jobs for lost.
        let other = try Workplace(SampleJobs.rainfall())
        let second = try other.almanac(
            "run", "rainfall", "--wait", "--database", address, variables: ["ALMANAC_KEY_FILE": place.folder.path + "/key"])
        #expect(second.status != 0 && second.errors.contains("another Almanac works on this database"), "\(second.errors)")

        try database.stop()
        #expect(try ada.get("/reports/rainfall").status == 503)
        #expect(try ada.get("/readyz").status == 503)
        try database.start()
        #expect(try await Program.eventually(within: 10) { try ada.get("/reports/rainfall").text.contains("In all 60") })
        #expect(try place.almanac("run", "rainfall", "--wait").status == 0)
        #expect(try place.runs().first?["edition"] as? Int == 3)
        #expect(server.end() == 0, "\(server.log)")
    }

    @Test func `a key that is missing beside a record that is used is a refusal, and a password in the address as well`() async throws {
        let database = try PostgreSQLServer()
        let address = database.address("postgres")
        let place = try Workplace()
        #expect(try place.almanac("user", "add", "ada", "--database", address).status == 0)
        try FileManager.default.removeItem(atPath: place.folder.path + "/key")
        let keyless = try place.almanac("user", "add", "bob", "--database", address)
        #expect(keyless.status != 0 && keyless.errors.contains("key file is missing"), "\(keyless.errors)")
        let open = try place.almanac("users", "--database", "postgresql://ada:topsecret@db/almanac")
        #expect(open.status == 64 && !open.errors.contains("topsecret"), "\(open.status) \(open.errors)")
    }
}
