package org.langevin4j.examples.report;

import java.net.URI;
import java.net.URISyntaxException;

/** A page under writing; what does not come from this program is escaped. */
final class Html {

    private final StringBuilder page = new StringBuilder();

    /** Markup as it is. */
    Html raw(String markup) {
        page.append(markup);
        return this;
    }

    /** Text of an element or of an attribute in quotes. */
    Html text(String text) {
        page.append(text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;"));
        return this;
    }

    /** The relative address of a file, for an attribute in quotes. */
    Html link(String path) {
        try {
            return text(new URI(null, null, path, null).toASCIIString());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("cannot be linked: " + path, e);
        }
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
