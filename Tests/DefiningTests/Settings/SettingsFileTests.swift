// almanac.yaml and site.yaml as values.
import Defining
import Testing
import Vocabulary

@Suite struct `settings files` {
    @Test func `settings are read as text by dotted key, with their lines`() {
        let file = SettingsFile.read(
            "site:\n  title: Planning\n  base_url: https://almanac.example.com\n  time_zone: UTC\n  locale: de-DE\nserver: { host: 0.0.0.0, port: 8081 }\nrunner:\n  concurrency: 4\nlog:\n",
            file: "almanac.yaml")
        #expect(file.diagnostics.isEmpty)
        #expect(file.values.mapValues(\.text) == [
            "site.title": "Planning", "site.base_url": "https://almanac.example.com", "site.time_zone": "UTC", "site.locale": "de-DE",
            "server.host": "0.0.0.0", "server.port": "8081", "runner.concurrency": "4",
        ])
        #expect(file.values["server.port"]?.line == 6)
        #expect(file.values["server.port"]?.column == 32)
    }

    @Test func `an empty file has no settings and nothing wrong with it`() {
        let file = SettingsFile.read("# nothing\n", file: "almanac.yaml")
        #expect(file.values.isEmpty && file.diagnostics.isEmpty)
    }

    @Test func `a password never stands in a diagnostic`() {
        for address in ["postgresql://almanac:topsecret@db/almanac", "postgresql://db/almanac?user=almanac&password=topsecret"] {
            let file = SettingsFile.read("database: \(address)\n", file: "almanac.yaml")
            #expect(!file.diagnostics.isEmpty && !file.diagnostics.contains { $0.description.contains("topsecret") })
            #expect(file.values.isEmpty)
        }
    }

    @Test(arguments: ["sqlite", "postgresql://almanac@db.example.com/almanac?sslmode=verify-full", "postgresql:///?service=almanac"])
    func `the database is SQLite or an address of PostgreSQL`(address: String) {
        let file = SettingsFile.read("database: \(address)\n", file: "almanac.yaml")
        #expect(file.diagnostics.isEmpty && file.values["database"]?.text == address)
    }

    @Test func `site.yaml has a title, a footer and a contact`() {
        let (site, diagnostics) = SiteFile.read("title: Planning\nfooter: Made by planning\ncontact: help@example.com\n", file: "Site/site.yaml")
        #expect(site == SiteFile.read("title: Planning\nfooter: Made by planning\ncontact: help@example.com\n", file: "x").0)
        #expect(site.title == "Planning" && site.footer == "Made by planning" && site.contact == "help@example.com" && diagnostics.isEmpty)
    }
}
