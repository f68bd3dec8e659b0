// How wide a text will be, near enough to keep labels apart.

enum TextWidth {
    /// The width of a text in a common sans-serif face (widths of Helvetica, rounded up), in the unit of `size`.
    static func of(_ text: String, size: Double) -> Double {
        text.unicodeScalars.reduce(0) { $0 + width($1) } * size
    }

    private static func width(_ scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "j", "l", ".", ",", "'", "|", "!", ":", ";", "I": 0.29
        case " ", "\u{A0}", "f", "t", "r", "-", "(", ")", "/": 0.37
        case "m", "w", "M", "W", "%", "@": 0.9
        case "0"..."9": 0.57
        case "A"..."Z": 0.71
        case "a"..."z": 0.56
        case "\u{2E80}"..."\u{D7FF}", "\u{F900}"..."\u{FAFF}", "\u{FF00}"..."\u{FFEF}", "\u{1F000}"...: 1.05
        case "\u{300}"..."\u{36F}": 0
        default: 0.65
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
