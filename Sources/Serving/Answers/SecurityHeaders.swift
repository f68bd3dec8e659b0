// The headers that every answer carries, and the content policies of pages and of what jobs produced.
import HTTPTypes
import Hummingbird

enum SecurityHeaders {
    /// Our own pages: nothing inline, nothing from elsewhere, in nobody's frame.
    static let page = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; \
        form-action 'self'; base-uri 'none'; frame-ancestors 'none'
        """
    /// Files that jobs produced, shown as what they are: an SVG opened directly runs nothing.
    static let file = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
    /// HTML that jobs produced: an opaque origin that may run its own scripts and reach nobody.
    static let foreignHTML = """
        sandbox allow-scripts allow-popups allow-downloads; default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob: data:; \
        style-src 'unsafe-inline'; img-src data: blob:; font-src data:; media-src data: blob:; worker-src blob:; connect-src 'none'; \
        form-action 'none'; base-uri 'none'; frame-ancestors 'self'
        """

    /// Adds what is missing, so that no answer goes out without.
    static func complete(_ response: inout Response, isSecure: Bool) {
        func add(_ name: HTTPField.Name, _ value: String) { if response.headers[name] == nil { response.headers[name] = value } }
        add(.contentSecurityPolicy, page)
        add(.xContentTypeOptions, "nosniff")
        // Not `no-referrer`: with it browsers send `Origin: null` from our own forms.
        add(.referrerPolicy, "same-origin")
        add(.crossOriginResourcePolicy, "same-origin")
        // A sandboxed document with an opener policy is refused by browsers.
        if response.headers[.contentSecurityPolicy]?.hasPrefix("sandbox") != true { add(.crossOriginOpenerPolicy, "same-origin") }
        add(.permissionsPolicy, "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        add(.cacheControl, "private, no-cache")
        if isSecure { add(.strictTransportSecurity, "max-age=31536000") }
    }
}
