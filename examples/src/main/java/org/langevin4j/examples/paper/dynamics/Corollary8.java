package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Statement.COROLLARY_8;

import java.io.IOException;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;

/** Corollary 8: for D = I and b = −∇f the Fokker–Planck flow is the gradient flow of F in W₂, as the JKO scheme shows. */
public final class Corollary8 implements Experiment {

    @Override
    public String name() {
        return "corollary-8";
    }

    @Override
    public String summary() {
        return "The JKO scheme, exact in 1-D and by entropic transport in 2-D, tends to the Fokker–Planck flow as τ → 0";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        XyPanel errors = XyPanel.titled("JKO against the Fokker–Planck flow, at t = 1")
                .xAxis("τ")
                .yAxis("W₂(JKO, Fokker–Planck)")
                .logX()
                .logY();
        XyPanel line = functionalPanel("Double well in 1-D, β = 2");
        XyPanel plane = functionalPanel("Double well in 2-D, β = 1");
        QuantileTransport.gaussian(sheet, errors);
        QuantileTransport.doubleWell(sheet, errors, line);
        QuantileTransport.energyIdentity(sheet);
        EntropicTransport.doubleWell(sheet, errors, plane);
        XyPanel bias = EntropicTransport.bias(sheet);
        JkoComparison.guide(errors, "∝ τ", 0.0125, 0.2, 0.5, 1);
        sheet.figure(
                "errors",
                "Left: the distance of the JKO scheme to the Fokker–Planck flow at t = 1 falls like τ, in one dimension by"
                        + " quantiles and in two by entropic transport. Right: what the entropic penalty ε adds, in a case where"
                        + " the exact step is known: order ε² with the temperature corrected, order ε without.",
                Figure.titled("Corollary 8: error in the step τ, and bias of the entropic penalty ε")
                        .row(errors, bias),
                COROLLARY_8);
        sheet.figure(
                "functional",
                "F above its minimum along the Fokker–Planck flow and along the JKO scheme with a long and a short step, on a"
                        + " logarithmic scale: it falls at every step of each.",
                Figure.titled("F(ρ) = E[f] − β⁻¹H(ρ), above its minimum −β⁻¹ log Z, along both flows")
                        .row(line, plane),
                COROLLARY_8);
    }

    private static XyPanel functionalPanel(String title) {
        return XyPanel.titled(title)
                .xAxis("t")
                .yAxis("F + β⁻¹ log Z")
                .xRange(-0.03, 1.03)
                .logY();
    }
}
