package org.langevin4j.examples;

import java.util.List;
import org.langevin4j.examples.cli.Langevin4j;
import org.langevin4j.examples.cli.VectorUnit;
import org.langevin4j.examples.cli.WholeOutput;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.numerics.Convergence;
import org.langevin4j.examples.paper.descent.Momentum;
import org.langevin4j.examples.paper.descent.ShuffledEpochs;
import org.langevin4j.examples.paper.descent.SteadyStates;
import org.langevin4j.examples.paper.descent.WeakErrors;
import org.langevin4j.examples.paper.dynamics.Corollary8;
import org.langevin4j.examples.paper.dynamics.IrreversibilityRates;
import org.langevin4j.examples.paper.dynamics.Lemma20;
import org.langevin4j.examples.paper.dynamics.Lemma7;
import org.langevin4j.examples.paper.dynamics.LimitCycles;
import org.langevin4j.examples.paper.dynamics.NoisyCycles;
import org.langevin4j.examples.paper.dynamics.RelaxationSpectrum;
import org.langevin4j.examples.paper.dynamics.Theorem5;
import org.langevin4j.examples.paper.measured.AnomalousDiffusion;
import org.langevin4j.examples.paper.measured.MeasuredEquation;
import org.langevin4j.examples.paper.networks.Definition1;
import org.langevin4j.examples.paper.networks.Figure1;
import org.langevin4j.examples.paper.networks.Figure2;
import org.langevin4j.examples.paper.networks.Figures1And2;
import org.langevin4j.examples.paper.networks.MeasuredNoise;
import org.langevin4j.examples.paper.networks.NetworkIrreversibility;
import org.langevin4j.examples.paper.networks.Remark10;
import org.langevin4j.examples.paper.networks.Remark9;
import org.langevin4j.examples.paper.networks.Remarks15And16;
import org.langevin4j.examples.paper.networks.Since2018;
import org.langevin4j.examples.paper.networks.UncertaintyRelation;
import org.langevin4j.examples.paper.paths.FirstPassageTimes;
import org.langevin4j.examples.paper.paths.TransitionPaths;
import org.langevin4j.examples.paper.potential.CriticalPoints;
import org.langevin4j.examples.paper.potential.Example19;
import org.langevin4j.examples.paper.potential.Figure4;
import org.langevin4j.examples.paper.potential.Lemma6;
import org.langevin4j.examples.paper.potential.Remark11;
import org.langevin4j.examples.paper.potential.SectionV;
import org.langevin4j.examples.paper.potential.StationaryDensity;
import org.langevin4j.examples.paper.potential.Theorem22;
import org.langevin4j.examples.paper.potential.WideMinima;
import org.langevin4j.examples.paper.trajectories.Figure3;
import org.langevin4j.examples.paper.trajectories.Figure3Nulls;
import org.langevin4j.examples.physics.Driven;
import org.langevin4j.examples.physics.EscapeRates;
import org.langevin4j.examples.physics.Estimators;
import org.langevin4j.examples.physics.JumpsAndResets;
import org.langevin4j.examples.physics.Kinetic;
import org.langevin4j.examples.physics.KramersTurnover;

/** The examples that the command line knows, and the program that runs it. */
public final class Examples {

    private Examples() {}

    /**
     * Runs the command {@code langevin4j} with all examples and ends the process with its exit status.
     *
     * @param args the command line, see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(VectorUnit.restart(Examples.class, args)
                .orElseGet(() -> WholeOutput.execute(Langevin4j.commandLine(Examples::all, args), args)));
    }

    /**
     * All examples.
     *
     * @return in the order in which {@code run all} runs them
     */
    public static List<Experiment> all() {
        return List.of(
                new Figure4(),
                new Theorem5(),
                new Lemma6(),
                new Example19(),
                new Remark11(),
                new Corollary8(),
                new Lemma7(),
                new LimitCycles(),
                new Lemma20(),
                new Theorem22(),
                new CriticalPoints(),
                new WideMinima(),
                new SectionV(),
                new StationaryDensity(),
                new RelaxationSpectrum(),
                new FirstPassageTimes(),
                new IrreversibilityRates(),
                new NoisyCycles(),
                new Driven(),
                new Kinetic(),
                new KramersTurnover(),
                new EscapeRates(),
                new Estimators(),
                new JumpsAndResets(),
                new TransitionPaths(),
                new Definition1(),
                new WeakErrors(),
                new SteadyStates(),
                new Momentum(),
                new ShuffledEpochs(),
                new Figures1And2(),
                new Figure1(),
                new Figure2(),
                new Remarks15And16(),
                new Remark9(),
                new Remark10(),
                new Figure3(),
                new Figure3Nulls(),
                new MeasuredNoise(),
                new NetworkIrreversibility(),
                new MeasuredEquation(),
                new AnomalousDiffusion(),
                new UncertaintyRelation(),
                new Since2018(),
                new Convergence());
    }
}
