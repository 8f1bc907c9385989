package org.langevin4j.examples.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.langevin4j.examples.experiment.Check;
import org.langevin4j.examples.experiment.ExperimentResult;
import org.langevin4j.examples.experiment.ExperimentResult.Provenance;
import org.langevin4j.examples.experiment.Finding;
import org.langevin4j.examples.experiment.Finding.Bearing;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.Ruling;
import org.langevin4j.examples.experiment.Ruling.Kind;
import org.langevin4j.examples.experiment.Statement;
import org.langevin4j.solvers.file.AtomicFile;

/**
 * All results on one page: the statements of the paper in its order, each with its ruling and what it rests on, then the experiments with
 * what else they show. Needs no script and no network; with a script there is a search and there are keys.
 */
public final class IndexPage {

    private final Html html = new Html();
    private final List<ExperimentResult> results;
    private final List<Ruling> rulings;
    private final Provenance run;

    private IndexPage(Provenance run, List<Ruling> rulings, List<ExperimentResult> results) {
        this.run = run;
        this.rulings = rulings;
        this.results = results;
    }

    /**
     * Writes {@code index.html}.
     *
     * @param out folder of all results; pictures and data are linked relative to it
     * @param run how the whole came about
     * @param rulings on all statements
     * @param results of the experiments, in the order in which to show them
     * @return the page
     * @throws IOException if it cannot be written
     */
    public static Path write(Path out, Provenance run, List<Ruling> rulings, List<ExperimentResult> results)
            throws IOException {
        Path file = out.resolve("index.html");
        AtomicFile.write(file, new IndexPage(run, rulings, results).text());
        return file;
    }

    private String text() throws IOException {
        html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .raw("<title>Langevin4j: rulings on the paper</title>\n<style>\n")
                .raw(resource("page.css"))
                .raw("</style>\n</head>\n<body>\n<h1>What the paper says, and what was found</h1>\n<p class=\"faint\">")
                .text(ReportData.provenance(run))
                .raw(
                        "</p>\n<p>Chaudhari and Soatto (2018), statement by statement. A ruling follows from computed evidence: for,"
                                + " against, or both; it says nothing of cases that were not computed.</p>\n");
        bar();
        html.raw("<main>\n");
        rulings.forEach(this::row);
        html.raw("</main>\n<section class=\"experiments\" aria-label=\"Experiments\">\n")
                .raw("<h2>Experiments, and the numerics behind them</h2>\n");
        results.forEach(this::experiment);
        return html.raw("</section>\n<script>\n")
                .raw(resource("page.js"))
                .raw("</script>\n</body>\n</html>\n")
                .toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(IndexPage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void bar() {
        html.raw("<div class=\"bar\" aria-hidden=\"true\">");
        for (Kind kind : Kind.values()) {
            long count = count(kind);
            if (count > 0) {
                html.raw("<span class=\"").raw(type(kind)).raw("\" style=\"--n:" + count + "\"></span>");
            }
        }
        html.raw("</div>\n<fieldset class=\"filters\"><legend>Show</legend>\n");
        filter(0, "all", rulings.size(), "");
        int index = 0;
        for (Kind kind : Kind.values()) {
            filter(++index, sign(kind) + " " + kind, count(kind), type(kind));
        }
        html.raw(
                        "<input id=\"search\" class=\"none\" type=\"search\" placeholder=\"search\" aria-label=\"Search statements\">\n")
                .raw(
                        "</fieldset>\n<p class=\"faint keys none\">Keys: / search, j and k next and previous, Enter open, 0–4 filter.</p>\n");
    }

    private void filter(int index, String words, long count, String type) {
        html.raw("<label class=\"badge " + type + "\"><input type=\"radio\" name=\"filter\" id=\"f" + index + "\"")
                .raw(index == 0 ? " checked>" : ">")
                .text(words + " " + count)
                .raw("</label>\n");
    }

    private long count(Kind kind) {
        return rulings.stream().filter(ruling -> ruling.kind() == kind).count();
    }

    private void row(Ruling ruling) {
        Statement statement = ruling.statement();
        html.raw("<details class=\"row ")
                .raw(type(ruling.kind()))
                .raw("\" id=\"")
                .raw(statement.id())
                .raw("\"><summary>");
        html.raw("<span class=\"place\">").text(statement.place()).raw("</span><span class=\"quote\">“");
        html.text(statement.quote()).raw("”</span><span class=\"badge\">");
        html.text(sign(ruling.kind()) + " " + ruling.kind()).raw("</span><span class=\"number\">");
        keyNumber(ruling);
        html.raw("</span></summary>\n<div class=\"body\">\n");
        if (!statement.assumption().isEmpty()) {
            html.raw("<p class=\"faint\">The paper assumes: ")
                    .text(statement.assumption())
                    .raw("</p>\n");
        }
        if (ruling.kind() == Kind.NOT_DECIDED) {
            html.raw("<p>What would decide it: ").text(statement.needs()).raw(".</p>\n");
        }
        if (ruling.isInDoubt()) {
            html.raw(
                    "<p class=\"badge failed\">A check of this evidence failed: our run is in doubt, not the paper.</p>\n");
        }
        for (Ruling.Sourced sourced : ruling.evidence()) {
            finding(sourced.finding(), sourced.experiment());
        }
        for (ExperimentResult result : results) {
            for (Picture picture : result.pictures()) {
                if (picture.statements().contains(statement)) {
                    picture(result, picture);
                }
            }
        }
        html.raw("</div></details>\n");
    }

    /** Of a counter-example if there is one, else of what supports: the first number that could have failed. */
    private void keyNumber(Ruling ruling) {
        Bearing telling = ruling.kind() == Kind.HOLDS ? Bearing.SUPPORTS : Bearing.CONTRADICTS;
        ruling.evidence().stream()
                .map(Ruling.Sourced::finding)
                .filter(finding -> finding.bearing() == telling && finding.stands())
                .flatMap(finding -> finding.checks().stream())
                .filter(Check::isClaim)
                .findFirst()
                .ifPresent(check -> html.text(Numbers.value(check) + unit(check))
                        .raw("<span class=\"faint\">")
                        .text(check.name() + "; expected " + Numbers.expectation(check))
                        .raw("</span>"));
    }

    private static String unit(Check check) {
        return check.unit().isEmpty() ? "" : " " + check.unit();
    }

    private void finding(Finding finding, String experiment) {
        String lead = switch (finding.bearing()) {
            case SUPPORTS -> "Holds for ";
            case CONTRADICTS -> "Fails for ";
            case SUPPLEMENTS -> "";
            case CONSISTENCY -> "Consistency of the code, no evidence: ";
        };
        html.raw("<div class=\"clause\"><p><b>").text(lead).raw("</b>").text(finding.text());
        html.raw(finding.holds() ? "" : " <span class=\"badge failed\">✗ a check failed</span>");
        html.raw(
                "</p>\n<div class=\"scroll\"><table class=\"checks\"><thead><tr><th scope=\"col\">number</th>"
                        + "<th scope=\"col\" class=\"n\">value</th><th scope=\"col\">expected</th><th scope=\"col\" class=\"n\">z</th>"
                        + "<th scope=\"col\">tolerance</th><th scope=\"col\">oracle</th><th scope=\"col\"></th></tr></thead><tbody>\n");
        finding.checks().forEach(this::check);
        html.raw("</tbody></table></div>\n");
        if (!experiment.isEmpty()) {
            html.raw("<p class=\"faint\">From <a href=\"#run-")
                    .raw(experiment)
                    .raw("\">")
                    .text(experiment);
            html.raw("</a>: <code>java -jar langevin4j.jar run ")
                    .text(experiment + effort())
                    .raw("</code>, <a href=\"");
            html.link(experiment + "/result.json").raw("\">data</a></p>\n");
        }
        html.raw("</div>\n");
    }

    private String effort() {
        return switch (run.effort()) {
            case QUICK -> " --quick";
            case STANDARD -> "";
            case FULL -> " --full";
        };
    }

    private void check(Check check) {
        html.raw("<tr><td>").text(check.name()).raw("</td><td class=\"n\" data-is=\"value\">");
        html.text(Numbers.value(check) + unit(check)).raw("</td><td class=\"e\" data-is=\"expected\">");
        html.text(Numbers.expectation(check)).raw("</td><td class=\"n\" data-is=\"z\">");
        html.text(Numbers.z(check.z())).raw("</td><td>").text(Reasons.of(check)).raw("</td><td>");
        html.text(Reasons.oracle(check)).raw("</td><td>");
        html.raw(
                !check.isClaim()
                        ? "<span class=\"faint\">reported</span>"
                        : check.holds()
                                ? "<span class=\"badge passed\">✓</span>"
                                : "<span class=\"badge failed\">✗ fails</span>");
        html.raw("</td></tr>\n");
    }

    private void picture(ExperimentResult result, Picture picture) {
        String link = result.name() + "/" + picture.file();
        html.raw("<figure><a href=\"")
                .link(link)
                .raw("\"><img loading=\"lazy\" src=\"")
                .link(link)
                .raw("\" alt=\"");
        html.text(picture.caption()).raw("\"></a><figcaption>").text(picture.caption());
        if (!picture.data().isEmpty()) {
            html.raw(" <a href=\"").link(result.name() + "/" + picture.data()).raw("\">The numbers.</a>");
        }
        if (!picture.fields().isEmpty()) {
            html.raw(" <a href=\"").link(result.name() + "/" + picture.fields()).raw("\">The fields.</a>");
        }
        html.raw("</figcaption></figure>\n");
    }

    private void experiment(ExperimentResult result) {
        boolean old = !result.provenance().version().equals(run.version())
                || !result.provenance().commit().equals(run.commit());
        html.raw("<details id=\"run-").raw(result.name()).raw("\"><summary><b>").text(result.name());
        html.raw(
                result.passed()
                        ? "</b> <span class=\"badge passed\">✓ passed"
                        : "</b> <span class=\"badge failed\">✗ a check failed");
        html.raw(old ? ", older than the code" : "").raw("</span> <span class=\"faint\">");
        html.text(result.summary()).raw("</span></summary>\n<div class=\"body\">\n<p class=\"faint\">");
        html.text(ReportData.provenance(result.provenance())).raw("</p>\n");
        result.findings().stream()
                .filter(finding -> finding.statement() == null)
                .sorted(Comparator.comparing(Finding::bearing))
                .forEach(finding -> finding(finding, ""));
        for (Picture picture : result.pictures()) {
            if (picture.statements().isEmpty()) {
                picture(result, picture);
            }
        }
        html.raw("<p class=\"faint\">Statements: ");
        result.findings().stream()
                .map(Finding::statement)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(this::reference);
        html.raw("</p></div></details>\n");
    }

    private void reference(@Nullable Statement statement) {
        if (statement != null) {
            html.raw("<a href=\"#")
                    .raw(statement.id())
                    .raw("\">")
                    .text(statement.place())
                    .raw("</a> ");
        }
    }

    private static String type(Kind kind) {
        return CheckJson.name(kind);
    }

    private static String sign(Kind kind) {
        return switch (kind) {
            case HOLDS -> "✓";
            case HOLDS_UNDER -> "◐";
            case DOES_NOT_HOLD -> "✗";
            case NOT_DECIDED -> "?";
        };
    }
}
