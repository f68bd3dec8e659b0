// The pictures of the health lights: each has a shape of its own, so that the colour is never the only signal.

extension Health.Light {
    /// A picture of 14 by 14 units for the style sheet to colour; the words beside it are what is read out.
    var lamp: String {
        let shape = switch self {
        case .good: #"<circle cx="7" cy="7" r="7"/><path class="sign" d="m3.9 7.3 2.2 2.2 4-4.6"/>"#
        case .late: #"<circle cx="7" cy="7" r="7"/><path class="sign" d="M7 3.4V7l2.4 1.8"/>"#
        case .failed: #"<path d="M7 .3 14 13H0z"/><path class="sign" d="M7 4.6v3.8M7 10.4v.8"/>"#
        case .unusual: #"<path d="m7 0 7 7-7 7-7-7z"/><path class="sign" d="M7 3.6v4.2M7 9.8v.8"/>"#
        case .refreshing: #"<circle cx="7" cy="7" r="7"/><path class="sign" d="M10.2 7A3.2 3.2 0 1 1 7 3.8h2.4M8 2.2l1.6 1.6L8 5.4"/>"#
        case .waiting: #"<circle class="ring" cx="7" cy="7" r="6"/><path class="hand" d="M7 3.6V7l2.2 1.6"/>"#
        case .empty: #"<circle class="ring" cx="7" cy="7" r="6"/>"#
        case .paused: #"<circle cx="7" cy="7" r="7"/><path class="sign" d="M5.3 4.4v5.2M8.7 4.4v5.2"/>"#
        case .ended: #"<path d="M1 1h12v12H1z"/><path class="sign" d="M4 7h6"/>"#
        }
        return #"<svg class="lamp" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">"# + shape + "</svg>"
    }
}
