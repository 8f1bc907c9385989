package org.langevin4j.examples.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.langevin4j.examples.experiment.Check;
import org.langevin4j.examples.experiment.ExperimentResult.Provenance;
import org.langevin4j.examples.experiment.Ruling;
import org.langevin4j.examples.experiment.Statement;
import org.langevin4j.solvers.file.AtomicFile;

/**
 * The rulings for programs and as plain text: {@code report.json}, {@code {"schema":1,"run":{version, commit, effort, seed, data, date,
 * seconds},"statements":[{id, place, quote, assumption, ruling, condition, inDoubt, evidence:[{experiment, bearing, text, stands}],
 * checks:[…]}]}}, and {@code report.md}.
 */
public final class ReportData {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportData() {}

    /**
     * Writes {@code report.json}.
     *
     * @param out folder of all results
     * @param run how the whole came about
     * @param rulings on all statements
     * @return the file
     * @throws IOException if it cannot be written
     */
    public static Path writeJson(Path out, Provenance run, List<Ruling> rulings) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("schema", 1);
        ResultFolder.write(run, json.putObject("run"));
        ArrayNode statements = json.putArray("statements");
        for (Ruling ruling : rulings) {
            Statement statement = ruling.statement();
            ObjectNode one = statements.addObject();
            one.put("id", statement.id());
            one.put("place", statement.place());
            one.put("quote", statement.quote());
            one.put("assumption", statement.assumption());
            one.put("ruling", ruling.kind().toString());
            one.put("condition", ruling.condition());
            one.put("inDoubt", ruling.isInDoubt());
            ArrayNode evidence = one.putArray("evidence");
            ArrayNode checks = one.putArray("checks");
            for (Ruling.Sourced sourced : ruling.evidence()) {
                ObjectNode source = evidence.addObject();
                source.put("experiment", sourced.experiment());
                source.put("bearing", CheckJson.name(sourced.finding().bearing()));
                source.put("text", sourced.finding().text());
                source.put("stands", sourced.finding().stands());
                for (Check check : sourced.finding().checks()) {
                    ObjectNode row = checks.addObject();
                    row.put("experiment", sourced.experiment());
                    CheckJson.write(check, row);
                }
            }
        }
        Path file = out.resolve("report.json");
        AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
        return file;
    }

    /**
     * Writes {@code report.md}: one row a statement.
     *
     * @param out folder of all results
     * @param run how the whole came about
     * @param rulings on all statements
     * @return the file
     * @throws IOException if it cannot be written
     */
    public static Path writeMarkdown(Path out, Provenance run, List<Ruling> rulings) throws IOException {
        StringBuilder text = new StringBuilder("# What the paper says, and what was found\n\n");
        text.append(provenance(run))
                .append("\n\n| place | the paper's words | ruling | condition or counter-example |\n")
                .append("| --- | --- | --- | --- |\n");
        for (Ruling ruling : rulings) {
            text.append("| ")
                    .append(cell(ruling.statement().place()))
                    .append(" | ")
                    .append(cell(ruling.statement().quote()))
                    .append(" | ")
                    .append(ruling.kind())
                    .append(ruling.isInDoubt() ? " (a run failed)" : "")
                    .append(" | ")
                    .append(cell(ruling.condition()))
                    .append(" |\n");
        }
        Path file = out.resolve("report.md");
        AtomicFile.write(file, text.toString());
        return file;
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    /** One line on how the whole came about. */
    static String provenance(Provenance run) {
        return "langevin4j " + run.version()
                + (run.commit().isEmpty() ? "" : " (" + run.commit() + ")")
                + " · " + CheckJson.name(run.effort())
                + " · seed " + run.seed()
                + " · data: " + (run.data().isEmpty() ? "none" : run.data())
                + " · " + run.date()
                + " · " + Numbers.rounded(run.seconds(), 3) + " s";
    }
}
