package org.langevin4j.solvers.decomposition;

/** What Chaudhari and Soatto (2018) assume or state of a steady state, as something that is zero if it holds. */
public enum Claim {
    /** b + D∇Φ − β⁻¹∇·D, the j of eq. (8), less Jˢˢ/ρˢˢ: that the two are the same force (eq. A4). It holds. */
    EQUATION_8("b + D∇Φ − β⁻¹∇·D = Jˢˢ/ρˢˢ", "eqs. (8), (A4)"),

    /** ∇·j of j = Jˢˢ/ρˢˢ: Assumption 4. It holds for some systems; not for the paper's own Example 19. */
    ASSUMPTION_4("∇·j = 0", "Assumption 4, eq. (9)"),

    /** ∇·(jρˢˢ)/ρˢˢ = ∇·j − βj·∇Φ of the j of eq. (8): that ρˢˢ is stationary. It holds. */
    STATIONARITY("∇·(jρˢˢ)/ρˢˢ = 0", "eq. (A4)"),

    /** j·∇Φ of j = Jˢˢ/ρˢˢ: that j runs along the level sets of Φ. It holds where Assumption 4 does. */
    ORTHOGONALITY("j·∇Φ = 0", "eq. (A5)"),

    /** b + (D+Q)∇Φ − β⁻¹∇·(D+Q) of the Q found. It holds unless a current winds around a torus. */
    EQUATION_19("b = −(D+Q)∇Φ + β⁻¹∇·(D+Q)", "Theorem 22, eq. (19)"),

    /** j = Jˢˢ/ρˢˢ itself: detailed balance. */
    DETAILED_BALANCE("j = 0", "eq. (A6)"),

    /** ∇Φ·D∇Φ + b·∇Φ, the part of the stationary equation of first order in β. */
    ORDER_BETA("∇Φ·D∇Φ + b·∇Φ = 0", "Theorem 22, order β"),

    /** ∇·b + D:∇²Φ + 2(∇·D)·∇Φ, its part without β. */
    ORDER_ONE("∇·b + D:∇²Φ + 2(∇·D)·∇Φ = 0", "Theorem 22, order 1"),

    /** ∂ᵢ∂ⱼDᵢⱼ, its part of order β⁻¹. */
    ORDER_INVERSE_BETA("∂ᵢ∂ⱼDᵢⱼ = 0", "Theorem 22, order β⁻¹");

    private final String statement;
    private final String source;

    Claim(String statement, String source) {
        this.statement = statement;
        this.source = source;
    }

    /**
     * What is claimed.
     *
     * @return an equation
     */
    public String statement() {
        return statement;
    }

    /**
     * Where the paper has it, or of which of its statements it is a condition.
     *
     * @return theorem and number of the equation
     */
    public String source() {
        return source;
    }
}
