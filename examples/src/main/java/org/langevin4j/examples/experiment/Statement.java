package org.langevin4j.examples.experiment;

import java.util.Locale;

/**
 * The statements of Chaudhari and Soatto, "Stochastic gradient descent performs variational inference, converges to limit cycles
 * for deep networks" (2018), in the order of the paper; what the evidence says of each is a {@link Ruling}.
 */
public enum Statement {
    /** Abstract: variational inference. */
    ABSTRACT_INFERENCE(
            "Abstract",
            "SGD minimizes an average potential over the posterior distribution of weights along with an entropic"
                    + " regularization term",
            "that of Lemma 2 and Assumption 3",
            "F(ρ) along the Fokker–Planck flow of given (f, D)"),
    /** Abstract: the potential is another one. */
    ABSTRACT_POTENTIAL(
            "Abstract",
            "This potential is however not the original loss function in general",
            "",
            "Φ and f for given (f, D), and for the D measured from a network"),
    /** Abstract: closed loops. */
    ABSTRACT_LOOPS(
            "Abstract",
            "the most likely trajectories of SGD for deep networks do not behave like Brownian motion around critical points."
                    + " Instead, they resemble closed loops with deterministic components",
            "",
            "a long trajectory of a trained network: the antisymmetric correlation in planes of Q chosen on one half and tested on the"
                    + " other, with its power, against a reversible surrogate"),
    /** Abstract: the rank of D. */
    ABSTRACT_RANK(
            "Abstract",
            "the covariance matrix of mini-batch gradients for deep networks has a rank as small as 1% of its dimension",
            "",
            "per-sample gradients of trained networks of the paper's sizes"),
    /** Introduction: deviation of critical points. */
    INTRODUCTION_LINEAR(
            "Section I",
            "The deviation of these critical points, which we compute explicitly scales linearly with η/b and is typically large"
                    + " in practice",
            "",
            "critical points of Φ and f over a range of β⁻¹; for a network, D along its weights"),
    /** Definition 1. */
    DEFINITION_1(
            "Definition 1",
            "If a mini-batch is sampled with replacement … the variance of mini-batch gradients is D(x)/b; D is independent of"
                    + " the learning rate and the batch-size",
            "sampling with replacement",
            "covariances of mini-batch means, counted exactly or sampled"),
    /** Lemma 2. */
    LEMMA_2(
            "Lemma 2",
            "The continuous-time limit of SGD is given by dx = −∇f dt + √(2β⁻¹D) dW, β⁻¹ = η/(2b)",
            "small learning rate",
            "laws of discrete SGD against the SDE as η → 0 at fixed η/b"),
    /** Assumption 3. */
    ASSUMPTION_3(
            "Assumption 3",
            "the steady-state distribution of the Fokker–Planck equation exists and is unique",
            "an assumption",
            "the kernel of generators, with D of full and of low rank"),
    /** Equations (6) and (7). */
    EQUATION_7(
            "Eq. (7)",
            "ρˢˢ = e^(−βΦ)/Z is also the steady-state solution of dx = β⁻¹∇·D dt − D∇Φ dt + √(2β⁻¹D) dW",
            "",
            "steady states of (7) on a grid and by paths"),
    /** Assumption 4. */
    ASSUMPTION_4(
            "Assumption 4",
            "∇·j(x) = 0",
            "an assumption; eq. (A4) gives ∇·(jρˢˢ) = 0 only",
            "∇·j from closed forms and grids"),
    /** Theorem 5: free energy falls. */
    THEOREM_5(
            "Theorem 5",
            "F(ρ) = β⁻¹KL(ρ‖ρˢˢ) decreases monotonically along the trajectories of the Fokker–Planck equation and converges to its"
                    + " minimum, which is zero",
            "Assumptions 3 and 4",
            "F along the flow from many starts, for every kind of D, with and without j"),
    /** Theorem 5: energy and entropy. */
    THEOREM_5_SPLIT("Theorem 5, eq. (11)", "F(ρ) = E[Φ] − β⁻¹H(ρ) + constant", "", "both sides along the flow"),
    /** Lemma 6. */
    LEMMA_6(
            "Lemma 6",
            "D(x) = c I ⇔ Φ(x) = f(x)",
            "Ω compact, or f growing",
            "Φ − f for isotropic D of several c, and losses and D(x) that are not isotropic and have Φ = f"),
    /** After Lemma 6: the force. */
    LEMMA_6_FORCE(
            "After Lemma 6",
            "j ≠ 0 when D(x) is non-isotropic. This results in a deterministic component in the SGD dynamics which does not affect"
                    + " the functional F(ρ)",
            "",
            "j for D that commute with the Hessian and for D that do not; its part in dF/dt"),
    /** Lemma 7. */
    LEMMA_7(
            "Lemma 7",
            "The force j(x) does not decrease F(ρ) … ∇·j(x) = 0 in Assumption 4 implies that most likely trajectories of SGD traverse"
                    + " closed trajectories in weight space",
            "Assumption 4",
            "orbits of ẋ = j(x) in two and in more dimensions; most likely paths"),
    /** Corollary 8. */
    COROLLARY_8(
            "Corollary 8",
            "If D(x) = I, trajectories of the Fokker–Planck equation are gradient flow in the Wasserstein metric of"
                    + " F(ρ) = E[f] − β⁻¹H(ρ)",
            "D = I, and ∇f a gradient",
            "the JKO scheme against the Fokker–Planck flow"),
    /** The uniform prior. */
    SECTION_III_B(
            "Section III-B",
            "SGD itself performs variational optimization with a uniform prior",
            "Ω compact",
            "F against the evidence lower bound in a model where both are known"),
    /** Remark 9. */
    REMARK_9(
            "Remark 9",
            "The functional (11) is equivalent to the information bottleneck principle … SGD implicitly contains this bottleneck",
            "",
            "the information that weights carry of the data in a model where it has a closed form"),
    /** Remark 10. */
    REMARK_10(
            "Remark 10",
            "such an approach also enforces a uniform prior whose strength is determined by β⁻¹ and conflicts with the externally"
                    + " imposed Gaussian prior",
            "",
            "the best prefactor of the prior in a Gaussian model"),
    /** Remark 11. */
    REMARK_11(
            "Remark 11",
            "In order to maintain the entropic regularization, the learning rate η needs to scale linearly with the batch-size b",
            "the SDE of Lemma 2",
            "steady states at equal and unequal η/b; SGD itself at large η"),
    /** Remark 12. */
    REMARK_12(
            "Remark 12",
            "Sampling with replacement is better than without replacement … β′⁻¹ = η/(2b)·(1 − b/N)",
            "",
            "the covariance of mini-batches drawn without replacement, and what it does to the steady state"),
    /** Section IV-A, rank. */
    SECTION_IV_A(
            "Section IV-A",
            "In all cases, it has a large fraction of almost-zero eigenvalues with a very small rank that ranges between 0.3 % and 2 %",
            "rank: eigenvalues above λmax·d·machine precision",
            "the spectra of D of networks of the paper's sizes"),
    /** Figure 1. */
    FIGURE_1(
            "Fig. 1",
            "small-lenet: λ(D) = (0.3 ± 2.11)·10⁻³, rank 1.8 %; small-fc: (0.9 ± 18.5)·10⁻³, rank 0.6 %",
            "MNIST",
            "small-lenet (13,338 weights) and small-fc (3,978) trained on MNIST, D of each at 20, 40 and 100 % of its training"),
    /** Remark 13. */
    REMARK_13(
            "Remark 13",
            "Noise in SGD is largely independent of the weights",
            "",
            "D of one network at several times of its training, compared as matrices and not only by their spectra"),
    /** Figure 2. */
    FIGURE_2(
            "Fig. 2",
            "CIFAR-10: λ(D) = 0.27 ± 0.84, rank 0.34 %; CIFAR-100: 0.98 ± 2.16, 0.47 %; augmented: 0.43 ± 1.32, 0.32 %",
            "CIFAR",
            "small-allcnn trained on CIFAR"),
    /** Remark 14. */
    REMARK_14(
            "Remark 14",
            "More non-isotropic diffusion if data is diverse",
            "",
            "spectra of D for the same network on data of more and less variety"),
    /** Remark 15. */
    REMARK_15(
            "Remark 15",
            "the inverse temperature β should scale linearly with the mean of the eigenvalues of D",
            "a proposal",
            "which scale of noise keeps the steady state of networks alike"),
    /** Remark 16. */
    REMARK_16(
            "Remark 16",
            "rank(D)/d + var(λ(D)) to estimate the efficacy of a given architecture",
            "a proposal",
            "errors and spectra of several architectures"),
    /** Remark 17. */
    REMARK_17(
            "Remark 17",
            "Low-frequency periodic components in SGD trajectories … trajectories of SGD do not perform Brownian motion",
            "",
            "the spectrum and autocorrelation of a long trajectory against those of the fitted Ornstein–Uhlenbeck process"),
    /** Figure 3. */
    FIGURE_3(
            "Fig. 3",
            "should be compared with the FFT of white noise which should be flat and the auto-correlation of Brownian motion which"
                    + " quickly decays to zero",
            "",
            "those two nulls, simulated; and a trajectory of 10⁵ epochs"),
    /** Remark 18. */
    REMARK_18(
            "Remark 18",
            "Gradient magnitude in deep networks is always large",
            "",
            "‖∇f‖ along a long trajectory against √(β⁻¹ tr(HD)) of the D and Hessian there, which is what noise alone keeps up"),
    /** Remark 18: why. */
    REMARK_18_FORCE(
            "Remark 18",
            "The presence of a non-zero j(x) also explains this, it causes SGD to be away from critical points",
            "",
            "E‖∇f‖² with j and without it, for the same f and the same strength of noise"),
    /** Section V, opening. */
    SECTION_V(
            "Section V",
            "even if the diffusion matrix D(x) is full-rank, there need not exist a function Φ(x) such that ∇Φ = D⁻¹∇f",
            "",
            "the curl of D⁻¹∇f"),
    /** Example 19. */
    EXAMPLE_19(
            "Example 19",
            "j = λe^Φ Jˢˢ(x) … Note that this satisfies (6) and does not change ρˢˢ = e^(−Φ)",
            "β = 1",
            "the steady state of Example 19 for several λ and β"),
    /** Lemma 20. */
    LEMMA_20(
            "Lemma 20",
            "F can be uniquely decomposed into F = (D+Q)U … to get Φ = ½xᵀUx",
            "any critical point",
            "Q and U for stable points, saddles, maxima, singular D"),
    /** Remark 21. */
    REMARK_21(
            "Remark 21",
            "the effect of j(x) is to rotate the gradient field and move the critical points; ∇f = (D+Q)∇Φ − β⁻¹∇·D − β⁻¹∇·Q",
            "near a critical point",
            "Φ, D, Q and f on a grid around critical points"),
    /** Theorem 22, equivalence. */
    THEOREM_22(
            "Theorem 22",
            "The Ito SDE … is equivalent to the A-type SDE … with the same steady-state distribution and Fokker–Planck equation",
            "eq. (19)",
            "laws of both by paths and on grids, with controls that must differ"),
    /** Theorem 22, temperature. */
    THEOREM_22_TEMPERATURE(
            "Theorem 22",
            "The potential Φ(x) does not depend on the inverse temperature β",
            "(f, D) fixed",
            "Φ of fixed (f, D) at several β"),
    /** Remark 23. */
    REMARK_23(
            "Remark 23",
            "it may spend a significant amount of time away from the critical points of the original loss … may even converge around a"
                    + " saddle point",
            "",
            "time spent near critical points of f and of Φ over a range of β"),
    /** Figure 4. */
    FIGURE_4(
            "Fig. 4",
            "(a) the critical points of f and Φ are the same; (b) locations where ∇f = 0 have shifted; (c) with a large ‖j‖, SGD"
                    + " converges to limit cycles around the saddle point at the origin",
            "λ = 0, 0.5, 1.5",
            "attractors of Example 19's drift, its steady state and its paths"),
    /** Remark 24. */
    REMARK_24(
            "Remark 24",
            "If j = 0 and Q = 0, or if Q is a constant like the linear case in Lemma 20, the divergence of Q in (19) is zero",
            "",
            "critical points of Φ and f for constant D and Q"),
    /** Remark 25. */
    REMARK_25(
            "Remark 25",
            "The presence of a Q(x) with non-zero divergence … persists even if D is constant and independent of weights",
            "D not isotropic",
            "∇·Q and the shift of critical points for a loss and a constant D"),
    /** Remark 26. */
    REMARK_26(
            "Remark 26",
            "Out-of-equilibrium effect increases with β⁻¹",
            "",
            "shifts of critical points, E|j|² and entropy production over β"),
    /** Section V-C. */
    SECTION_V_C(
            "Section V-C",
            "For large values of γ, the new loss makes the original local minima exponentially less likely",
            "local entropy",
            "the share of narrow minima under local entropy over γ"),
    /** Eq. (A1). */
    EQUATION_A1("Eq. (A1)", "var = (1/b)(Σ gₖgₖᵀ/N − ggᵀ)", "with replacement", "covariances counted exactly"),
    /** Eq. (A2). */
    EQUATION_A2(
            "Eq. (A2)",
            "D = Σ gₖgₖᵀ/(N−1) − (1 − 1/(N−1)) ggᵀ",
            "without replacement",
            "covariances counted exactly over all mini-batches"),
    /** Eq. (A3). */
    EQUATION_A3("Eq. (A3)", "ρt = ∇·(−jρ + ρD∇(δF/δρ))", "", "both sides on a grid"),
    /** Eq. (A4). */
    EQUATION_A4("Eq. (A4)", "∇·(jρˢˢ) = 0 ⇒ j = Jˢˢ/ρˢˢ", "", "∇·(jρˢˢ) on grids and in closed forms"),
    /** Eq. (A5). */
    EQUATION_A5(
            "Eq. (A5)",
            "0 = ρˢˢ(∇·j − j·∇Φ): j is always orthogonal to the gradient of the potential",
            "Assumption 4",
            "j·∇Φ and ∇·j at β ≠ 1, where the equation drops a β"),
    /** Eq. (A6). */
    EQUATION_A6(
            "Eq. (A6)", "we have detailed balance when ∇f = D∇Φ − β⁻¹∇·D", "", "Jˢˢ for such (f, D) and for others");

    private final String place;
    private final String quote;
    private final String assumption;
    private final String needs;

    Statement(String place, String quote, String assumption, String needs) {
        this.place = place;
        this.quote = quote;
        this.assumption = assumption;
        this.needs = needs;
    }

    /**
     * Where it stands in the paper.
     *
     * @return such as {@code Lemma 6}
     */
    public String place() {
        return place;
    }

    /**
     * The paper's words, shortened.
     *
     * @return a few words
     */
    public String quote() {
        return quote;
    }

    /**
     * What the paper assumes for it.
     *
     * @return a few words; empty if nothing
     */
    public String assumption() {
        return assumption;
    }

    /**
     * What would decide it.
     *
     * @return a clause
     */
    public String needs() {
        return needs;
    }

    /**
     * The name in files and links.
     *
     * @return such as {@code lemma-6}
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
