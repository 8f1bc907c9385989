package org.langevin4j.models.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/**
 * Files as other programs wrote them, under gzip in Base64; the matrix is [[1.5, −2.25, 3], [4, 5.125, −6·10¹⁰]].
 */
final class OtherFiles {

    /** h5py 3.14.0: {@code x} the matrix, {@code group/floats} the same as big-endian float32, {@code text} a string. */
    static final byte[] HDF5 = decoded("""
            H4sIAAAAAAACA+2XvU4CQRSF7yw/GTBGUBPUxrUzsaGgsGONoBRGjFrY+ZOgFgoGwdBJYYGNtQ9gYckjECtLfBNLO9xl7+DuRCEmJGI4
            X0JO5s7sTPZy7sC9z2U2JqMLUXKQkoIUIy8dhpa1MXPEKlgbrM+Giovu3BzH47y/vm5/N5t1Vnc01DnJoKuSwDiSy67tOHrAY5P11fCv
            q7GelUvVK1srhVrF68/VX54rKOQ+K9TYLQRhuAF1fIBVHwds5zsr42aavWtRaoJSHV4QsqPOvGG4G0qulIBQVk/S92/4N+xt5zPCfit1
            SzTC/vpXE02Oq7o/n+m/r6prMzAefh6ar5YWKcgVkZCUuKVBvkpK/zczGr766XdC95N+DygftsP+/U4vSseV6y9f5nCF9uEjzS5rcTVa
            nF1X67OONh/eV17S9oqWnXTLjlh1+/NE9HZ4dxPxWEogoQAAAMBIM6jvNqfRd48zbr/Xa0apFkJOhtPvSd9/ZdXPzQvR7WlivTmp9XOk
            9XM56e+EFI9IOgCgL5vr+S3huT7UfRRhLZbMYvXypFDWnmtPIXcAAAAAAAAAAMB/4RO1LrVMACgAAA==
            """);

    /** {@code x} the matrix in chunks of 1×2 under gzip and shuffle, {@code u} = 250 … 255 as 3×2 uint8 in chunks of 2×2. */
    static final byte[] HDF5_CHUNKS = decoded("""
            H4sIAAAAAAACA+2Yz0sCURDH571ddfG3BGURKEHQ0cCDtww0DKKiOnQKo5QO3krwEhhd6j/p6KF7HTtEf0J/RYTYD9u3O8/ViRSKIGk+
            l2HmfXfe8nbmscxlqbASCc4EQWFZYEIc+uki7blBX6+X0Qq0F2ivpI4LZy2J8QTmp7qdrWJRqbsEvU/GdK0FzH+kVFzeVHYXfV1Pd3JQ
            10BbJ3WZ/+a+AvxuDqH9BddKN6C3N9BS37DfVCkT6SWs3TxkQ5DtosBnR9W6NNyEIcg5vpA6n+V00PFRvVqtVXr1LzB+WKnW9k8qgO1h
            R92TMaTR8HlHIL3Wyf3oO2yvbxSEnU7fEq2p4Xr9vmmDa7gfdd8J+6vR+y424rkWCqiOtAHcoCBO+oDygLpJoqP5HmO0LwZ1fC8zDMMw
            DMP8Do29g3K+mVp7DoAvKzqOC1F/wG//GsKqcpvnfpEIBMC4F/PKh7NI+DScSl5PRxcBJjLGbOfl9e29y2fJMAzDMOOCAN/QeeRXc0jP
            jzuPxnsp3MkNnUP2zRFvk14K6e3c/BPn4c7R5Kc5mjniuSecZ5nkfChtMveSxAouSYZhGIZhmLHgAyE4kzr4IgAA
            """);

    /** {@code arange(77.).reshape(7, 11)} in chunks of 2×4 with {@code maxshape=(7, None)} and {@code libver="latest"}. */
    static final byte[] HDF5_THAT_MAY_GROW = decoded("""
            H4sIAAAAAAACA+3Uz2oTURTH8d/80Y6TCKkEFelikFKKFGltqtWquZPOxGmrTZtuBB/BVXd11VkUwRdw5conGegD6MJVF+LalXuRNjrf
            W5JZRehCMAfCh3PuuTP3Xm7mXZZ0r4a3Qi8IZOOUUK3MF6l/fvu918uSvhu96tVfD/8O3GvDE22Erhzpcl0DnINj+/xMFxbdky/9P0sa
            vMCZlVzXcaYYY/WaqmzLa8qZjtoqN2zUqql16kmXBqv1asF1yXflOa4f+JHvN8JPDg/4oH86NvdX5tI4S6Qg8ht+WB2323iPdWziDbf0
            W+frfBpvdKTznXM3CsyvlBreEXujJ/y/xM83v47SOBk+qd+nYv9JnFKBOaeVM26oi3oRXswpNj6+PNQkJjGJSfxd/GjbbxjffZzDebyD
            C9jAJt7EGbyLi7iE9zDC2zhrRte1TN7Clcr4ffIHuIoPS3NDHpOjOvgI1/AxPqHf9q2ToxJ8im00o+vLbV/K/LSy/i511DNy6xb15+So
            F5hRR22QW23fNjmqh5vUUVuV9du+nVKzUxknL2x9l75dM9a1y+krbH+f+f0x59NX2P49M+6NPwNz+eCwAAsAAA==
            """);

    /** 4×4 in chunks of 2×4 with the fill value 2.5, of which only the first row is written. */
    static final byte[] HDF5_IN_PARTS = decoded("""
            H4sIAAAAAAACA+2UOw6CQBCG94UhGIN2xorS0oIeTMBQqVELSo/BEfQmlh7D43ADZJ3ZCBvRRGOj8zV/5sEOhH/nmCWLgTfxmMZ1mWJD
            1qRCSr8dm/oelaMeUE/C5PmtNsb8CM+3+3abNNXdlYWZM1OgLiP+kSydr7XmGBuXXkS7r7D8mH04l7MenMVNPAUVkEBbdqqsna87R0GE
            3o1Z2GdhJaHu1F+i60IKfve2ihXmmznwP9wkKWThQEHgOGzNv/oftstVom+0ea9AkjffQe87/mDfxS+eO/vtWFh+o/1IEARBEATxi5TR
            c1Vxl14BihDSAvAPAAA=
            """);

    /** As MATLAB 7.3 lays it out: {@code x} the matrix in one piece, {@code c} in chunks. */
    static final byte[] MATLAB_7_3 = decoded("""
            H4sIAAAAAAACA/N1DPFxdFIw1zNW8HUM0U3LzEnVUQjISSxJyy/KtVJw9/GLcDQzUaAqYIABJk9fhlEwoKDTw8WNl0uKC8zh4GBgYRCA
            xg2E+g8FFjKofJj+BCjNCKU7oPQKJpg4I1hOAiouCDUfXV1IkKsrSPV/NACzx4AFQnOMRtmIBB6ujgEgOgLKh6WnE0yo6iqgdDJaunQg
            015GBlaIGYwwvgaEZoIIMDOgZBcsfAmwVkEFe2jadWAw4WYw+Q9VyAoUBckzMUEM5ID6jJkRltQNGLD7cGBAsJ+/CyPQdwIw17DiVw/L
            rwrMo2l4QNIVM1q6YmJGLuGZEFFUMRopIxb8sIfQAtBikukAmGoQgfI5QPSGvg/ah8hTPwpGwSgYBaNgFIyCwQRA/W5Qex69361AQJ8B
            tNWogNYuRQcBaB12JjR6tD8/CkbBKBgFo2AUjIJRMDQAAK7A6bo4HAAA
            """);

    /** SciPy 1.10.1: {@code x} the matrix, {@code labels} = 0 … 4 as int32, {@code name} a text, {@code z} complex. */
    static final byte[] MATLAB_5 = decoded("""
            H4sIAAAAAAACA/N1DPFxdFIw1TNQ8HUM0U3LzElVCMhJLEnLL8q1UijIL86s0FFwLkpNLElNUcjPs1IILs1T8MsvUzCyVDA0szI0sTK0
            VDAyMDJjIAMwevryAakEIGYDYg4oDQKsUD4TEDODlAJhBZDmBGIDuAE/7CG0gAOEZjoAphpEoHwOEL2h74P2IZA9AUj28KDZwwhlM0LV
            5CQmpeYUQ8REYM5Fcg8LVIwP6h6YuSxYzGUB0ywMeYm5qQJAuiS1ogSkbwayvzlw+7sKw98YoAGXOLnhBQBHr4slGAIAAA==
            """);

    /** SciPy 1.10.1, compressed: {@code x} the matrix, {@code flags} = x > 0. */
    static final byte[] MATLAB_7 = decoded("""
            H4sIAAAAAAACA/N1DPFxdFIw1TNQ8HUM0U3LzElVCMhJLEnLL8q1UijIL86s0FFwLkpNLElNUcjPs1IILs1T8MsvUzCyVDA0szI0sTK0
            VDAyMDJjIAMwevryAyl7IK6Y8zg5IcGDIclM4VnDJYUDXE+NGQ2NBYyZElknPGNJYmaT+JHIv5BVRsHkMqPBVQWmp8UNL3hr5bfwMzKc
            Pst+AmSMAdyYArAxDEl+amwGCa2fHGPSFNJaupY+VVkm7nzUsUpC0rGjkZHBx55pJgAjzyS3/wAAAA==
            """);

    /** SciPy 1.10.1: {@code u} = [[2⁶³ + 2²⁰, 5], [2⁶⁴ − 1, 7]] as uint64, {@code u4} = [[2³² − 1, 3]] as uint32. */
    static final byte[] MATLAB_UNSIGNED = decoded("""
            H4sIAAAAAAACA/N1DPFxdFIw1TNQ8HUM0U3LzElVCMhJLEnLL8q1UijIL86s0FFwLkpNLElNUcjPs1IILs1T8MsvUzCyVDA0szIxsDIx
            UjAyMDJjIAMwevryAykjIK6Y8zg5IYGDIclM4RlDUh0bR0Lrp5kLZghyeDea6AtoN4RyNHS0/Q84wHX1ON9Sxp9ynEdBOrXgOjdAdcaB
            dUo2zuD0MTacMkvhyl92pjQFXgaHMlZtAMsH48PsAAAA
            """);

    /** h5py 3.16.0: {@code x} sixteen rows of 64 sevens, uint8, in chunks of 8×64 under LZF. */
    static final byte[] HDF5_LZF = decoded("""
            H4sIAAAAAAACA+v0cHHj5ZLiYgABDg4GFgYBBmTwHwpO8KPyYfIJUJoRSndA6RVMMHFGsJwEVFwQaj66upAgV1eQ6v9oAGaPAQuE5mAYBSMReLg6
            BoDoCCgflkpPMKGqq0BLjx4U2svIwAYxixHG14DQTIwo7nBAcxeMzwwUYYSKMyKlYFYgDeIzMUMM4gaaC2IwwhxeC5JnZsipSgNzQcmfFawBlg8g
            OYqZibmCFZE1HBAuDaBJPAT7+buAcjQsHyowj6ZNcgCovGMERiZ6ecdDQN8GaDkMU4erPNzDj8rnQEuXjKNRMApGwSgYBaNgFIyCUTAkACM7+4P/
            DA9egxjIbADA8oQEyA8AAA==
            """);

    /** h5py 3.16.0: {@code x} = 0 … 63 as 8×8 uint8 under LZ4, a chunk of two blocks put together by hand. */
    static final byte[] HDF5_LZ4 = decoded("""
            H4sIAAAAAAACA+v0cHHj5ZLiYgABDg4GFgYBBmTwHwrYBFD5MPkEKM0IpTug9AommDgjWE4CKi4INR9dXUiQqytI9X80ALPHgAVCczCMgpEIPFwd
            A0B0BJQPS6UnmFDVVaClRw8K7WVkYIeYxQjja0BoJkaU9IiLZga6lBHqXmQdrEAaxGdihhjEDcwhIAYj1B6WWgZozoGZB8lBzEzMFawIKzhgxgpB
            zQVxWPV5sxkYAmgSD8F+/i4gd8H8p8A8mjbJAaDyjhFLeRdGQN8GflQ+enpjHA3aUTAKRsEoGAWjYBSMguEIHIBYA4wZmZhZWNnYOTi5uHl4+fgF
            BIWERUTFxCUkpaRlZOXkFRSVlFVU1dSBaqU+cGpoamnr6OrpGxgaGZuYmplbWFpZ29ja2QMASX8tBAYQAAA=
            """);

    /** The same under bitshuffle with LZ4. */
    static final byte[] HDF5_BITSHUFFLE = decoded("""
            H4sIAAAAAAACA+v0cHHj5ZLiYgABDg4GFgYBBmTwHwqYBFD5MPkEKM0IpTug9AommDgjWE4CKi4INR9dXUiQqytI9X80ALPHgAVCczCMgpEIPFwd
            A0B0BJQPS6UnmFDVVaClRw8K7WVkYIeYxQjja0BoJkaU9IiLZga6lBHqXmQdrEAaxGdihhjEDTQXxGCE2sNRC1LPCmazQPU6gNTDzYfkKGYm5gpW
            hJUcMGuEoPaAOKz6vNkQ3ZSDYD9/F1COhvlPgXk0bZIDQOUdI5byLoiAvg38qHz09MY4GrSjYBSMglEwCkbBKBgFwxE4QLHTB8NVUHAGCj5AAcN/
            KGT4D8WQ3ju6UQBEixx9AhAAAA==
            """);

    /** h5py 3.16.0: {@code x} of 3000×3000 and {@code y} of 1000×1000 doubles in chunks of 10×10 under gzip; written is 2.5 at (0, 1). */
    static final byte[] HDF5_VAST = decoded("""
            H4sIAAAAAAACA+v0cHHj5ZLiYgABDg4GFgYBBmTwHwp+KKHyYfIJUJoRSndA6RVMMHFGsJwEVFwQaj66upAgV1eQ6v9oAGaPAQuERnXdKBgpwMPV
            MQBER0D5sPR0gglVXQWUrkRLlw5k2svIwAYxgxHG14DQTBCBHdwMeGlmoEtBKgUV7Bk4oC4x4WYw+c8MkWcFioLkmZghBnIzKID5jHD7OMA5KCU1
            LSexJJUBmg2AopAQYGZirmCFCHFBMcQahgCaxEOwn78LIwMTzBIGBWb86mH5dYP4aBpGBqDyjhFLeSdKQN8GflQ+FxrNMRq0o2AUjIJRMApGwSgY
            BcMKVMQlJziw6fBp3Ak04HKzYGC4vILBFavgaFiNglEwCkbBKBgFwwUQGo98AR2Pw0XTYTzyAHRsli7jkeSOox0dHUcbBaNgFIyCUTAKRsEoGFEA
            AK5jAIT4IgAA
            """);

    private OtherFiles() {}

    private static byte[] decoded(String text) {
        byte[] bytes = Base64.getMimeDecoder().decode(text);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
