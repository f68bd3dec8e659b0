// How wide a text will be, near enough to keep labels apart.

enum TextWidth {
    /// The width of a text in the widest common sans-serif face (DejaVu Sans, which Linux shows for `system-ui`; its mean widths), in the unit of `size`.
    static func of(_ text: String, size: Double) -> Double {
        text.unicodeScalars.reduce(0) { $0 + width($1) } * size
    }

    private static func width(_ scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "j", "l", ".", ",", "'", "|", " ", "\u{A0}", "I": 0.32
        case "f", "t", "r", "-", "(", ")", "/", "!", ":", ";": 0.4
        case "m", "w", "M", "W", "%", "@": 0.96
        case "0"..."9", "a"..."z": 0.63
        case "A"..."Z": 0.72
        case "\u{2E80}"..."\u{D7FF}", "\u{F900}"..."\u{FAFF}", "\u{FF00}"..."\u{FFEF}", "\u{1F000}"...: 1.05
        case "\u{300}"..."\u{36F}": 0
        default: 0.7
        }
    }

    /// The text, or its beginning and an ellipsis when it is wider than `limit`.
    static func cut(_ text: String, size: Double, limit: Double) -> String {
        if of(text, size: size) <= limit { return text }
        var short = text
        while !short.isEmpty, of(short + "…", size: size) > limit { short.removeLast() }
        while short.last == " " { short.removeLast() }
        return short + "…"
    }
}
