package org.langevin4j.examples.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.construction;
import static org.langevin4j.examples.experiment.Statement.LEMMA_6;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.order;
import static org.langevin4j.examples.experiment.Tolerance.rounding;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.random.Seed;
import org.langevin4j.examples.experiment.ExperimentResult.Provenance;
import org.langevin4j.examples.experiment.Finding.Bearing;
import org.langevin4j.examples.experiment.Ruling.Kind;

class SheetTest {

    private final Sheet sheet = new Sheet(new RunContext(
            Path.of("out"), Seed.of(1), Effort.QUICK, Optional.empty(), List.of(), ProgressReporter.silent()));

    private Check only() {
        return sheet.findings().get(0).checks().get(0);
    }

    private Kind ruling() {
        Provenance provenance = new Provenance("1", "", Effort.QUICK, 1, "", "", 0.0);
        ExperimentResult result = new ExperimentResult("x", "", provenance, sheet.findings(), List.of());
        return Ruling.on(List.of(result)).stream()
                .filter(ruling -> ruling.statement() == LEMMA_6)
                .findFirst()
                .orElseThrow()
                .kind();
    }

    @Test
    void aLineThatIsNotFinishedIsReported() {
        sheet.supplement("rank").measure("rank", Double.NaN).in("weights");
        assertThat(only().holds()).isTrue();
        assertThat(only().isClaim()).isFalse();
        assertThat(only().unit()).isEqualTo("weights");
    }

    @Test
    void nearIsClosedAndRefusesNan() {
        Evidence evidence = sheet.supplement("x");
        evidence.measure("in", 1.25).near(1.0, rounding(0.25), closedForm(""));
        evidence.measure("out", 0.5).near(1.0, rounding(0.25), closedForm(""));
        evidence.measure("nan", Double.NaN).near(1.0, rounding(0.25), closedForm(""));
        assertThat(sheet.findings().get(0).checks()).extracting(Check::holds).containsExactly(true, false, false);
    }

    @Test
    void boundsAreOneSidedAndSureByTheMargin() {
        Evidence evidence = sheet.supplement("x");
        evidence.measure("slope", 0.9).standardError(0.02).atMost(1.0, standardErrors(4), closedForm(""));
        evidence.measure("slope", 0.9).standardError(0.03).atMost(1.0, standardErrors(4), closedForm(""));
        evidence.measure("slope", -5.0).atMost(0.0, none(), closedForm(""));
        evidence.measure("ratio", 3.5).atLeast(3.6, none(), closedForm(""));
        evidence.measure("ratio", 4.0).standardError(0.05).atLeast(3.6, standardErrors(4), closedForm(""));
        assertThat(sheet.findings().get(0).checks())
                .extracting(Check::holds)
                .containsExactly(true, false, true, false, true);
    }

    @Test
    void standardErrorsGiveToleranceAndZ() {
        sheet.supplement("x").measure("mean", 1.03).standardError(0.01).near(1.0, standardErrors(4), closedForm(""));
        assertThat(only().holds()).isTrue();
        assertThat(only().z()).isCloseTo(3.0, org.assertj.core.api.Assertions.within(1e-12));
        assertThat(only().sees()).isEqualTo(0.04);
        assertThat(only().used()).isCloseTo(0.75, org.assertj.core.api.Assertions.within(1e-12));
        Line without = sheet.supplement("y").measure("mean", 1.0);
        assertThatIllegalStateException()
                .isThrownBy(() -> without.near(1.0, standardErrors(4), closedForm("")))
                .withMessageContaining("needs an uncertainty");
    }

    @Test
    void aToleranceThatIsNoMatterOfLuckHasNoPower() {
        sheet.supplement("x").measure("mean", 1.03).exact().near(1.0, rounding(0.04), closedForm(""));
        assertThat(only().sees()).isNull();
    }

    @Test
    void ofABoundTheMarginIsUsed() {
        Evidence evidence = sheet.supplement("x");
        evidence.measure("above", 1.5).standardError(0.05).atLeast(1.0, standardErrors(4), closedForm(""));
        evidence.measure("below", -0.5).standardError(0.05).atMost(0.0, standardErrors(4), closedForm(""));
        evidence.measure("outside", 0.9).standardError(0.05).atLeast(1.0, standardErrors(4), closedForm(""));
        evidence.measure("without margin", 2.0).exact().atLeast(1.5, none(), closedForm(""));
        assertThat(sheet.findings().get(0).checks())
                .extracting(Check::used)
                .usingComparatorForType(new org.assertj.core.util.DoubleComparator(1e-12), Double.class)
                .containsExactly(0.4, 0.4, Double.POSITIVE_INFINITY, 0.75);
    }

    @Test
    void anUncertaintyAfterTheExpectationIsRefused() {
        Line line = sheet.supplement("x").measure("x", 1.0).near(1.0, order(2, 0.1, 3.0), closedForm(""));
        assertThatIllegalStateException().isThrownBy(() -> line.standardError(1.0));
        assertThatIllegalArgumentException().isThrownBy(() -> rounding(Double.NaN));
    }

    @Test
    void equalTextsAreOneFinding() {
        sheet.holds(LEMMA_6, "D = I").measure("a", 1.0);
        sheet.fails(LEMMA_6, "D = 2I").measure("b", 1.0);
        sheet.holds(LEMMA_6, "D = I").measure("c", 1.0);
        assertThat(sheet.findings()).hasSize(2);
        assertThat(sheet.findings().get(0).checks()).extracting(Check::name).containsExactly("a", "c");
    }

    @Test
    void aRulingFollowsFromWhatStands() {
        assertThat(ruling()).isEqualTo(Kind.NOT_DECIDED);
        sheet.holds(LEMMA_6, "D = I").measure("only told", 1.0);
        assertThat(ruling()).as("nothing could have failed").isEqualTo(Kind.NOT_DECIDED);
        sheet.consistency("ours").measure("mass", 1.0).near(1.0, rounding(1e-12), construction(""));
        assertThat(ruling()).as("no evidence").isEqualTo(Kind.NOT_DECIDED);
        sheet.fails(LEMMA_6, "D = 2I").measure("a", 1.0).near(1.0, rounding(0), closedForm(""));
        assertThat(ruling()).isEqualTo(Kind.DOES_NOT_HOLD);
        sheet.holds(LEMMA_6, "D = I").measure("b", 1.0).near(1.0, rounding(0), closedForm(""));
        assertThat(ruling()).isEqualTo(Kind.HOLDS_UNDER);
        sheet.fails(LEMMA_6, "D = 2I").measure("broken", 2.0).near(1.0, rounding(0), closedForm(""));
        assertThat(ruling()).as("a failed check makes the counter-example fall").isEqualTo(Kind.HOLDS);
    }

    @Test
    void evidenceNamesAStatementAndNothingElseDoes() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Finding(Bearing.SUPPORTS, null, "x", List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Finding(Bearing.CONSISTENCY, LEMMA_6, "x", List.of()));
    }

    @Test
    void whatIsTrueByConstructionIsNoEvidence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sheet.holds(LEMMA_6, "D = I").measure("m", 1).near(1, none(), construction("scheme")))
                .withMessageContaining("consistency");
    }
}
