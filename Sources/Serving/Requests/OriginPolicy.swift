// Which host is ours, and whether a request that changes something came from our own pages.
import HTTPTypes

/// Knows the site's address: the configured one, and loopback names when that is http.
struct OriginPolicy: Sendable {
    /// Whether browsers reach the site over TLS.
    let isSecure: Bool
    /// `reports.example.com` or `reports.example.com:8443`, lower case; nil = loopback only.
    private let authority: String?
    private let origin: String?

    init(baseURL: String?) {
        let address = (baseURL ?? "").lowercased()
        isSecure = address.hasPrefix("https://")
        let scheme = isSecure ? "https://" : "http://"
        guard address.hasPrefix(scheme) else {
            authority = nil
            origin = nil
            return
        }
        var host = String(address.dropFirst(scheme.count).prefix { $0 != "/" })
        let standard = isSecure ? ":443" : ":80"
        if host.hasSuffix(standard) { host = String(host.dropLast(standard.count)) }
        authority = host
        origin = scheme + host
    }

    /// Whether a `Host` names us. A name that only resolves to this machine is not ours (DNS rebinding).
    func isOurs(_ host: String?) -> Bool {
        guard let host = host?.lowercased(), !host.isEmpty else { return false }
        if let authority, host == authority || host == authority + (isSecure ? ":443" : ":80") { return true }
        return isLoopback(host)
    }

    /// Whether the browser says that the request came from a page of ours.
    ///
    /// `Sec-Fetch-Site` decides where it is sent, else `Origin`; a request with neither is not a browser's, and the form token decides alone.
    func isSameOrigin(_ head: HTTPRequest) -> Bool {
        if let site = head.headerFields[.secFetchSite] { return site == "same-origin" }
        guard let given = head.headerFields[.origin]?.lowercased() else { return true }
        if let origin, given == origin { return true }
        guard given.hasPrefix("http://") else { return false }
        let host = String(given.dropFirst(7))
        return isLoopback(host) && head.authority?.lowercased() == host
    }

    private func isLoopback(_ host: String) -> Bool {
        // Behind TLS the site has one name; on loopback any port, because port 0 takes a free one.
        !isSecure && OriginPolicy.namesLoopback(host)
    }

    /// Whether a `Host` in lower case is a name of loopback, with any port or none.
    static func namesLoopback(_ host: String) -> Bool {
        let name: Substring
        let rest: Substring
        if host.hasPrefix("[") {
            guard let end = host.firstIndex(of: "]") else { return false }
            name = host[...end]
            rest = host[host.index(after: end)...]
        } else {
            name = host.prefix { $0 != ":" }
            rest = host.dropFirst(name.count)
        }
        guard ["localhost", "127.0.0.1", "[::1]"].contains(name) else { return false }
        return rest.isEmpty || (rest.first == ":" && UInt16(rest.dropFirst()) != nil)
    }
}

extension HTTPField.Name {
    // Names made of literals that are tokens are never nil.
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
    static let host = HTTPField.Name("Host")!
    static let forwarded = HTTPField.Name("Forwarded")!
    static let forwardedFor = HTTPField.Name("X-Forwarded-For")!
    static let nextOffset = HTTPField.Name("X-Next-Offset")!
    static let runStatus = HTTPField.Name("X-Run-Status")!
    static let crossOriginOpenerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
    static let permissionsPolicy = HTTPField.Name("Permissions-Policy")!
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
}
