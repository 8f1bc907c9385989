package org.langevin4j.models.expression;

import org.langevin4j.core.block.BlockMath;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Single instructions of compiled code. */
final class Instructions {

    private Instructions() {}

    /** Ends a method that returns nothing. */
    static void end(MethodVisitor method) {
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    /** Puts a number that is not negative on the stack. */
    static void push(MethodVisitor method, int value) {
        if (value <= 5) {
            method.visitInsn(Opcodes.ICONST_0 + value);
        } else if (value <= Short.MAX_VALUE) {
            method.visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            method.visitLdcInsn(value);
        }
    }

    /** The operation on the operands on the stack. */
    static void operate(MethodVisitor method, Op op) {
        switch (op) {
            case ADD -> method.visitInsn(Opcodes.DADD);
            case SUBTRACT -> method.visitInsn(Opcodes.DSUB);
            case MULTIPLY -> method.visitInsn(Opcodes.DMUL);
            case DIVIDE -> method.visitInsn(Opcodes.DDIV);
            case NEGATE -> method.visitInsn(Opcodes.DNEG);
            case EXP, LOG, SIN, COS -> call(method, Type.getInternalName(BlockMath.class), op.text(), 1);
            case SQRT, ABS, MIN, MAX -> call(method, "java/lang/Math", op.text(), op.arity());
            case SIGN -> call(method, "java/lang/Math", "signum", 1);
            case STEP -> call(method, Type.getInternalName(Op.class), "step", 1);
            case POW, CBRT, TAN, ASIN, ACOS, ATAN, ATAN2, SINH, COSH, TANH ->
                call(method, "java/lang/StrictMath", op.text(), op.arity());
        }
    }

    private static void call(MethodVisitor method, String owner, String name, int arity) {
        method.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, arity == 1 ? "(D)D" : "(DD)D", false);
    }
}
