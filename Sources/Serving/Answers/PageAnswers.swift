// A page as an answer: the whole document, its entity tag, and 304 when the reader has it.
import Credentials
import HTTPTypes
import Hummingbird
import Rendering
import Vocabulary

extension Visit {
    /// The page in its frame. Call after the decision: 304 tells that the page is as it was.
    func page(_ page: some Page, status: HTTPResponse.Status = .ok) -> Response {
        let bytes = Array(site.renderer.page(page, frame: frame).utf8)
        var headers: HTTPFields = [.contentType: "text/html; charset=utf-8", .vary: "Cookie, Authorization"]
        var unchanged = false
        if status == .ok {
            let tag = Conditions.tag(of: bytes)
            headers[.eTag] = tag
            unchanged = Conditions.isUnchanged(request.headers, tag: tag)
        }
        var response = unchanged ? Response(status: .notModified, headers: headers) : Answers.bytes(bytes, type: "text/html; charset=utf-8", status: status)
        if !unchanged { for field in headers { response.headers[field.name] = field.value } }
        if formBindingIsNew, carriesForms, case .none = credential { response.headers.append(newFormCookie) }
        return response
    }

    /// The cookie that ties a form before sign-in to this browser, for an hour.
    private var newFormCookie: HTTPField {
        HTTPField(name: .setCookie, value: Cookies.set(site.formCookie, formBinding, seconds: 3600, secure: site.origin.isSecure))
    }
}
