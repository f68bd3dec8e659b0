// A person with a browser without JavaScript: curl with a cookie jar.
package import Foundation

/// An answer of the server.
package struct Answer: Sendable {
    package let status: Int
    /// Names in small letters.
    package let headers: [String: String]
    package let body: Data
    package var text: String { String(decoding: body, as: UTF8.self) }
}

/// Somebody who visits a server; each has cookies of their own.
package final class Visitor: Sendable {
    private let folder: TemporaryFolder
    private let address: String

    /// A visitor without cookies.
    package init(_ server: Server) throws {
        folder = try TemporaryFolder()
        address = server.address
    }

    /// Fetches a path; redirects are answers, not followed.
    package func get(_ path: String, headers: [String] = [], method: String? = nil) throws -> Answer {
        try request(path, headers.flatMap { ["-H", $0] } + (method.map { $0 == "HEAD" ? ["--head"] : ["-X", $0] } ?? []))
    }

    /// Sends a form as a page of this site would.
    package func post(_ path: String, form: [String: String], headers: [String] = ["Sec-Fetch-Site: same-origin"]) throws -> Answer {
        try request(path, headers.flatMap { ["-H", $0] } + form.flatMap { ["--data-urlencode", "\($0.key)=\($0.value)"] } + (form.isEmpty ? ["-d", ""] : []))
    }

    /// Opens a one-time link and presses its button.
    package func signIn(link: String) throws {
        let page = try get(URL(string: link)?.path ?? link)
        let answer = try submit(page)
        guard answer.status == 303 else { throw Workplace.Failure(description: "signing in answered \(answer.status): \(answer.text.prefix(2000))") }
    }

    /// Fills in and sends the first form of a page's main part that posts.
    package func submit(_ page: Answer, _ fields: [String: String] = [:]) throws -> Answer {
        guard let form = page.postForm else { throw Workplace.Failure(description: "the page has no form: \(page.status) \(page.text.prefix(2000))") }
        return try post(form.action, form: form.hidden.merging(fields) { $1 })
    }

    private func request(_ path: String, _ options: [String]) throws -> Answer {
        let body = folder.path + "/body"
        let head = folder.path + "/head"
        let jar = folder.path + "/jar"
        try? FileManager.default.removeItem(atPath: body)
        let finished = try Program.run(
            "/usr/bin/curl", ["-sS", "--path-as-is", "-o", body, "-D", head, "-b", jar, "-c", jar, "--max-time", "60"] + options + [address + path])
        guard finished.status == 0 || finished.status == 18 else { throw Workplace.Failure(description: "curl: \(finished.errors)") }
        var headers: [String: String] = [:]
        var status = 0
        for line in Program.read(head).split(whereSeparator: \.isNewline) {
            if line.hasPrefix("HTTP/") { status = Int(line.split(separator: " ")[1]) ?? 0 } else if let colon = line.firstIndex(of: ":") {
                headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            }
        }
        return Answer(status: status, headers: headers, body: (try? Data(contentsOf: URL(fileURLWithPath: body))) ?? Data())
    }
}

extension Answer {
    /// The first form of the main part that posts: its address and its hidden fields.
    var postForm: (action: String, hidden: [String: String])? {
        guard let main = text.range(of: "<main"), let start = text.range(of: "method=\"post\"", range: main.upperBound..<text.endIndex),
            let end = text.range(of: "</form>", range: start.upperBound..<text.endIndex),
            let open = text.range(of: "<form", options: .backwards, range: main.upperBound..<start.lowerBound)
        else { return nil }
        let form = text[open.lowerBound..<end.lowerBound]
        guard let action = Answer.attribute("action", of: form) else { return nil }
        var hidden: [String: String] = [:]
        for input in form.components(separatedBy: "<input").dropFirst() where input.contains("type=\"hidden\"") {
            if let name = Answer.attribute("name", of: input[...]) { hidden[name] = Answer.attribute("value", of: input[...]) ?? "" }
        }
        return (action, hidden)
    }

    private static func attribute(_ name: String, of tag: Substring) -> String? {
        guard let start = tag.range(of: " \(name)=\"") else { return nil }
        return String(tag[start.upperBound...].prefix { $0 != "\"" })
    }
}
