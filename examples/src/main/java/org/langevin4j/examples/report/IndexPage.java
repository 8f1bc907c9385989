package org.langevin4j.examples.report;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.langevin4j.solvers.file.AtomicFile;

/** All results on one page: picture, claim, figures, verdict. Needs no script and no network. */
public final class IndexPage {

    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1d1d1f; --paper: #ffffff; --faint: #6a6a70; --line: #d9d9de;
              --good: #00714f; --bad: #b3261e; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e8e8ea; --paper: #17181a; --faint: #a2a2aa; --line: #3a3b40;
                --good: #5fd0a5; --bad: #ff8a80; } }
            body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; background: var(--paper); color: var(--ink);
              font: 16px/1.5 system-ui, sans-serif; }
            h1 { font-size: 1.6rem; } h2 { font-size: 1.3rem; margin: 0; }
            nav ul { padding-left: 1.2rem; }
            a { color: inherit; }
            section { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: 1.5rem; }
            header { display: flex; gap: 1rem; align-items: baseline; }
            .holds { color: var(--good); font-weight: 600; } .fails { color: var(--bad); font-weight: 600; }
            .faint, figcaption { color: var(--faint); font-size: 0.9rem; }
            figure { margin: 1.2rem 0; }
            figure img { width: 100%; height: auto; background: #ffffff; border: 1px solid var(--line);
              border-radius: 4px; box-sizing: border-box; }
            .table { overflow-x: auto; }
            table { border-collapse: collapse; font-size: 0.92rem; }
            th, td { text-align: left; padding: 0.25rem 0.9rem 0.25rem 0; border-bottom: 1px solid var(--line);
              vertical-align: top; }
            td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
            td.claim { white-space: nowrap; }
            """;

    private IndexPage() {}

    /**
     * Writes {@code index.html}.
     *
     * @param out folder of all results; the pictures are linked relative to it
     * @param results what to show
     * @param order names of examples in the order in which to show them; others follow
     * @return the page
     * @throws IOException if it cannot be written
     */
    public static Path write(Path out, List<ExampleResult> results, List<String> order) throws IOException {
        List<ExampleResult> sorted = new ArrayList<>(results);
        sorted.sort(Comparator.comparingInt(result -> {
            int place = order.indexOf(result.name());
            return place < 0 ? Integer.MAX_VALUE : place;
        }));
        Path file = out.resolve("index.html");
        AtomicFile.write(file, html(sorted));
        return file;
    }

    private static String html(List<ExampleResult> results) {
        long holding = results.stream().filter(ExampleResult::holds).count();
        StringBuilder page = new StringBuilder();
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>Langevin4j: results</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>Langevin4j: results</h1>\n<p>")
                .append(holding)
                .append(" of ")
                .append(results.size())
                .append(results.size() == 1 ? " claim holds" : " claims hold")
                .append(".</p>\n<nav aria-label=\"Results\"><ul>\n");
        for (ExampleResult result : results) {
            page.append("<li><a href=\"#")
                    .append(escape(result.name()))
                    .append("\">")
                    .append(escape(result.name()))
                    .append("</a> ")
                    .append(verdict(result.holds()))
                    .append("</li>\n");
        }
        page.append("</ul></nav>\n<main>\n");
        for (ExampleResult result : results) {
            section(page, result);
        }
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static void section(StringBuilder page, ExampleResult result) {
        page.append("<section id=\"")
                .append(escape(result.name()))
                .append("\">\n<header><h2>")
                .append(escape(result.name()))
                .append("</h2>")
                .append(verdict(result.holds()))
                .append("</header>\n<p>")
                .append(escape(result.claim()))
                .append("</p>\n<p class=\"faint\">")
                .append(escape(result.reference()))
                .append(" · seed ")
                .append(result.seed())
                .append("</p>\n");
        for (Picture picture : result.pictures()) {
            String link = escape(link(result.name() + "/" + picture.file()));
            page.append("<figure><a href=\"")
                    .append(link)
                    .append("\"><img src=\"")
                    .append(link)
                    .append("\" alt=\"")
                    .append(escape(picture.caption()))
                    .append("\" loading=\"lazy\"></a><figcaption>")
                    .append(escape(picture.caption()))
                    .append("</figcaption></figure>\n");
        }
        page.append("<div class=\"table\"><table>\n<thead><tr><th scope=\"col\">measurement</th>")
                .append("<th scope=\"col\">value</th><th scope=\"col\">expected</th><th scope=\"col\">unit</th>")
                .append("<th scope=\"col\">verdict</th></tr></thead>\n<tbody>\n");
        for (Measurement m : result.measurements()) {
            String claim = Numbers.claim(m);
            page.append("<tr><td>")
                    .append(escape(m.name()))
                    .append("</td><td class=\"number\">")
                    .append(escape(Numbers.text(m.value())))
                    .append("</td><td class=\"claim\">")
                    .append(escape(claim))
                    .append("</td><td>")
                    .append(escape(m.unit()))
                    .append("</td><td>")
                    .append(claim.isEmpty() ? "<span class=\"faint\">reported</span>" : verdict(m.holds()))
                    .append("</td></tr>\n");
        }
        page.append("</tbody>\n</table></div>\n</section>\n");
    }

    private static String verdict(boolean holds) {
        return holds ? "<span class=\"holds\">✓ holds</span>" : "<span class=\"fails\">✗ does not hold</span>";
    }

    private static String link(String path) {
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("picture cannot be linked: " + path, e);
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
