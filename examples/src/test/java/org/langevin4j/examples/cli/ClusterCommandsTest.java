package org.langevin4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands with {@code --spark}, on a {@link PostalCluster}. */
class ClusterCommandsTest {

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();

    private int run(String line) {
        err.getBuffer().setLength(0);
        out.getBuffer().setLength(0);
        return Langevin4j.commandLine(List.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(line.replace("DIR", folder.toString()).split(" "));
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    @Test
    void simulationsAreThoseOfThreads() throws IOException {
        Files.writeString(
                file("well.toml"),
                "state = \"x,v\"\ndrift = \"v, x-x^3-0.5*v\"\nfactor = \"0; sqrt(0.5)\"\nbeta = 5.0\n");
        String command = "simulate --model DIR/well.toml --paths 30000 --until 0.5 --seed 5 --histogram x=-2:2:20";
        assertThat(run(command + " --out DIR/here.csv")).as(err.toString()).isZero();
        assertThat(run(command + " --spark DIR/well.toml --out DIR/there.csv"))
                .as(err.toString())
                .isZero();
        assertThat(file("there.csv")).hasSameBinaryContentAs(file("here.csv"));
    }

    @Test
    void finishedPartsAreKeptInAFolder() {
        String command = "simulate double-well --paths 3000 --until 0.5 --spark none --checkpoint DIR/parts --out ";
        assertThat(run(command + "DIR/first.csv")).as(err.toString()).isZero();
        int before = PostalCluster.DONE.get();
        assertThat(run(command + "DIR/second.csv")).as(err.toString()).isZero();
        assertThat(PostalCluster.DONE).hasValue(before);
        assertThat(file("second.csv")).hasSameBinaryContentAs(file("first.csv"));
        assertThat(run(command.replace("3000", "3001") + "DIR/third.csv")).isEqualTo(2);
        assertThat(err.toString()).contains("another problem");
        assertThat(run("simulate double-well --paths 3000 --spark none --shard 0/2"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--shard and --spark exclude each other");
    }

    @Test
    void whatFailsNamesThePaths() {
        assertThat(run("simulate --drift x^3 --start 2 --paths 3000 --until 50 --step 0.1 --spark none"))
                .isEqualTo(3);
        assertThat(err.toString()).contains("paths 0 to ", ", part 0 of ").contains("NonFinitePathException");
    }

    @Test
    void sweepsAreThoseOfThreads() throws IOException {
        Files.writeString(file("well.json"), "{\"drift\": \"x-x^3\"}");
        String command =
                "sweep --model DIR/well.json --over beta=1,2 --paths 200 --until 1 --replicas 2 --seed 9 --out ";
        assertThat(run(command + "DIR/here.csv")).as(err.toString()).isZero();
        int before = PostalCluster.DONE.get();
        assertThat(run(command + "DIR/there.csv --spark DIR/well.json"))
                .as(err.toString())
                .isZero();
        assertThat(file("there.csv")).hasSameBinaryContentAs(file("here.csv"));
        assertThat(PostalCluster.DONE).hasValue(before + 4);
    }

    @Test
    void pointsThatFailAreTold() {
        assertThat(
                        run(
                                "sweep --drift a*x^3 --set a=1 --over a=-1,1 --start 2 --paths 100 --until 50 --step 0.1 --spark none"))
                .isEqualTo(3);
        assertThat(err.toString()).contains("1 of 2 points failed");
    }
}
