// The arrows between rooms point down, and each dependency stands behind its wall.
import Testing

/// The floors of the house (Documentation/architecture.md).
private let floors: [String: Int] = [
    "Vocabulary": 0,
    "Scheduling": 1, "Access": 1, "Artifacts": 1, "Tables": 1, "Charts": 1, "Markup": 1, "Credentials": 1,
    "Defining": 2, "Running": 2, "Recording": 2,
    "Rendering": 3,
    "Operating": 4, "Serving": 4,
    "almanac": 5,
]

/// The one room that may import each dependency.
private let walls: [String: Set<String>] = [
    "GRDB": ["Recording"], "Hummingbird": ["Serving"], "HummingbirdCore": ["Serving"], "HTTPTypes": ["Serving"], "NIOCore": ["Serving"],
    "NIOPosix": ["Serving"], "NIOHTTP1": ["Serving"], "NIOHTTPTypes": ["Serving"], "NIOHTTPTypesHTTP1": ["Serving"], "Subprocess": ["Running"],
    "SystemPackage": ["Running"], "Mustache": ["Rendering"], "Yams": ["Defining"], "CCMarkGFM": ["Markup"], "CLibXML2": ["Markup"],
    "CArgon2": ["Credentials"], "CLinux": ["Running"], "CLibPQ": ["Recording"], "ArgumentParser": ["almanac"], "ServiceLifecycle": ["Operating", "Serving", "almanac"],
    "UnixSignals": ["Serving", "almanac"],
]

private let freeToAll: Set<String> = ["Crypto", "Logging", "FoundationEssentials", "Foundation", "Glibc", "Synchronization", "Dispatch"]

@Suite struct `Arrows` {
    @Test func `every room is on the plan`() {
        let rooms = Set(Repository.sources.map(\.room))
        #expect(rooms.subtracting(floors.keys).isEmpty)
        #expect(rooms.count >= 15)
    }

    @Test func `imports point strictly downward`() {
        for file in Repository.sources {
            guard let floor = floors[file.room] else { continue }
            for module in file.imports {
                guard let other = floors[module] else { continue }
                // Recording may use Access, and so on: what the plan allows is whatever lies lower.
                #expect(other < floor, "\(file) imports \(module), which does not lie below \(file.room)")
            }
        }
    }

    @Test func `Serving does not know who moves the work`() {
        for file in Repository.sources where file.room == "Serving" {
            #expect(Set(file.imports).isDisjoint(with: ["Running", "Defining", "Scheduling"]), "\(file)")
        }
    }

    @Test func `Defining and Running do not touch the database`() {
        for file in Repository.sources where ["Defining", "Running"].contains(file.room) { #expect(!file.imports.contains("Recording"), "\(file)") }
    }

    @Test func `each dependency stands behind its wall`() {
        for file in Repository.sources {
            for module in file.imports where floors[module] == nil && !freeToAll.contains(module) {
                let rooms = walls[module]
                #expect(rooms != nil, "\(file) imports \(module), which is on no list")
                #expect(rooms?.contains(file.room) == true, "\(file) imports \(module), which belongs to \(rooms?.sorted() ?? [])")
            }
        }
    }

    @Test func `SQL stands in Recording only`() {
        let words = ["SELECT ", "INSERT INTO", "DELETE FROM", "CREATE TABLE", "PRAGMA "]
        for file in Repository.sources where file.room != "Recording" {
            for line in file.code {
                for word in words { #expect(!line.text.contains("\"\(word)") && !line.text.contains(" \(word.lowercased())*"), "\(file):\(line.number)") }
            }
        }
    }
}
