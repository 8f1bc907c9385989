package org.langevin4j.models.expression;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.langevin4j.core.block.BlockMath;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Writes the byte code of a {@link Program} as a hidden class. Its names and strings are those of this file: of what was typed
 * only operations, positions and numbers arrive here.
 *
 * <p>A method is kept below the 8000 bytes above which HotSpot would interpret it for ever. Both forms are one method where
 * that is enough; else the point form is cut into parts that hand on values in an array, and the block form has a method for
 * each loop in any case.
 */
final class KernelCompiler {

    /** Operations of one method of the point form: at most 42 bytes each. */
    private static final int LARGEST_METHOD = 180;

    /** Above so many numbers they come from an array, not from the pool of constants, which has 65,535 places. */
    private static final int MOST_CONSTANTS = 1000;

    private static final String KERNEL = Type.getInternalName(Kernel.class);
    private static final String CLASS = KERNEL + "OfText";
    private static final String AT = "([D[D[D)V";
    private static final String AT_BLOCK = "([D[[DI[[D)V";
    private static final String PART = "([D[D[D[D)V";
    private static final String LOOP = "([D[[DI[[D[[D)V";
    private static final String BLOCK_MATH = Type.getInternalName(BlockMath.class);
    private static final String LANES = Type.getInternalName(Lanes.class);

    private final Program program;
    private final int[] outputs;
    private final BlockPlan plan;
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
    private final boolean constantsInPool;

    private KernelCompiler(Program program, BlockPlan plan) {
        this.program = program;
        this.outputs = program.outputs();
        this.plan = plan;
        int constants = 0;
        for (int k = 0; k < program.size(); k++) {
            constants += program.node(k) instanceof Program.Literal ? 1 : 0;
        }
        this.constantsInPool = constants <= MOST_CONSTANTS;
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, CLASS, null, "java/lang/Object", new String[] {
            KERNEL
        });
        MethodVisitor init = begin(0, "<init>", "()V");
        init.visitVarInsn(Opcodes.ALOAD, 0);
        init.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        Instructions.end(init);
    }

    /** Both forms. */
    static Kernel compile(Program program) {
        return define(code(program));
    }

    /** The class of both forms. */
    static byte[] code(Program program) {
        KernelCompiler compiler = new KernelCompiler(program, BlockPlan.of(program));
        compiler.writeAt();
        compiler.writeAtBlock();
        return compiler.end();
    }

    /** The point form, for what is seldom asked of a block. */
    static Kernel compileAt(Program program) {
        KernelCompiler compiler = new KernelCompiler(program, BlockPlan.none(program));
        compiler.writeAt();
        return define(compiler.end());
    }

    private byte[] end() {
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static Kernel define(byte[] code) {
        try {
            MethodHandles.Lookup hidden = MethodHandles.lookup().defineHiddenClass(code, true);
            return (Kernel) hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class))
                    .asType(MethodType.methodType(Kernel.class))
                    .invokeExact();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the class of an expression could not be made", e);
        }
    }

    private MethodVisitor begin(int access, String name, String descriptor) {
        MethodVisitor method = writer.visitMethod(access, name, descriptor, null, null);
        method.visitCode();
        return method;
    }

    /** Values in the local variables of one method. */
    private final class Locals {
        private final MethodVisitor method;
        private final int uniformArray;
        private final Map<Integer, Integer> places = new HashMap<>();
        private int next;

        Locals(MethodVisitor method, int uniformArray, int next) {
            this.method = method;
            this.uniformArray = uniformArray;
            this.next = next;
        }

        boolean has(int node) {
            return places.containsKey(node);
        }

        /** Takes the value on the stack. */
        void store(int node) {
            places.put(node, next);
            method.visitVarInsn(Opcodes.DSTORE, next);
            next += 2;
        }

        int newPlace() {
            return next++;
        }

        /** Uniform values are read where they are first needed, or beforehand in front of a loop. */
        void load(int node) {
            Integer place = places.get(node);
            if (place != null) {
                method.visitVarInsn(Opcodes.DLOAD, place);
            } else if (isConstant(node)) {
                method.visitLdcInsn(((Program.Literal) program.node(node)).value());
            } else {
                loadUniform(method, uniformArray, node);
                method.visitInsn(Opcodes.DUP2);
                store(node);
            }
        }
    }

    private boolean isConstant(int node) {
        return constantsInPool && program.node(node) instanceof Program.Literal;
    }

    private void loadUniform(MethodVisitor method, int array, int node) {
        if (isConstant(node)) {
            method.visitLdcInsn(((Program.Literal) program.node(node)).value());
            return;
        }
        method.visitVarInsn(Opcodes.ALOAD, array);
        Instructions.push(method, program.slot(node));
        method.visitInsn(Opcodes.DALOAD);
    }

    private List<List<Integer>> parts() {
        List<List<Integer>> parts = new ArrayList<>();
        List<Integer> part = new ArrayList<>();
        for (int k = 0; k < program.size(); k++) {
            if (program.isComputed(k)) {
                part.add(k);
                if (part.size() == LARGEST_METHOD) {
                    parts.add(part);
                    part = new ArrayList<>();
                }
            }
        }
        parts.add(part);
        return parts;
    }

    // Point form: this, u, x, out; in parts u, x, out, w.

    private void writeAt() {
        List<List<Integer>> parts = parts();
        MethodVisitor at = begin(Opcodes.ACC_PUBLIC, "at", AT);
        if (parts.size() == 1 && outputs.length <= LARGEST_METHOD) {
            Locals locals = new Locals(at, 1, 4);
            for (int node : parts.get(0)) {
                compute(at, locals, node, 2, -1, Map.of());
            }
            writeOutputs(at, locals, 0, outputs.length, 2, 3, -1, Map.of());
            Instructions.end(at);
            return;
        }
        Map<Integer, Integer> handedOn = handedOn(parts);
        Instructions.push(at, handedOn.size());
        at.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_DOUBLE);
        at.visitVarInsn(Opcodes.ASTORE, 4);
        int count = 0;
        for (List<Integer> part : parts) {
            MethodVisitor method = part(at, count++);
            Locals locals = new Locals(method, 0, 4);
            for (int node : part) {
                compute(method, locals, node, 1, 3, handedOn);
            }
            for (int node : part) {
                Integer place = handedOn.get(node);
                if (place != null) {
                    method.visitVarInsn(Opcodes.ALOAD, 3);
                    Instructions.push(method, place);
                    locals.load(node);
                    method.visitInsn(Opcodes.DASTORE);
                }
            }
            Instructions.end(method);
        }
        for (int i = 0; i < outputs.length; i += LARGEST_METHOD) {
            MethodVisitor method = part(at, count++);
            int to = Math.min(outputs.length, i + LARGEST_METHOD);
            writeOutputs(method, new Locals(method, 0, 4), i, to, 1, 2, 3, handedOn);
            Instructions.end(method);
        }
        Instructions.end(at);
    }

    private MethodVisitor part(MethodVisitor at, int index) {
        for (int argument = 1; argument <= 4; argument++) {
            at.visitVarInsn(Opcodes.ALOAD, argument);
        }
        at.visitMethodInsn(Opcodes.INVOKESTATIC, CLASS, "part" + index, PART, false);
        return begin(Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE, "part" + index, PART);
    }

    /** Places in the array between parts of what a later part reads. */
    private Map<Integer, Integer> handedOn(List<List<Integer>> parts) {
        int[] partOf = new int[program.size()];
        Map<Integer, Integer> places = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            for (int node : parts.get(i)) {
                partOf[node] = i;
                Program.Apply apply = (Program.Apply) program.node(node);
                for (int operand : operands(apply)) {
                    if (program.isComputed(operand) && partOf[operand] != i) {
                        places.putIfAbsent(operand, places.size());
                    }
                }
            }
        }
        for (int output : outputs) {
            if (program.isComputed(output)) {
                places.putIfAbsent(output, places.size());
            }
        }
        return places;
    }

    private void compute(
            MethodVisitor method, Locals locals, int node, int x, int handed, Map<Integer, Integer> handedOn) {
        Program.Apply apply = (Program.Apply) program.node(node);
        operand(method, locals, apply.a(), x, handed, handedOn);
        if (apply.b() >= 0) {
            operand(method, locals, apply.b(), x, handed, handedOn);
        }
        Instructions.operate(method, apply.op());
        locals.store(node);
    }

    /** Puts a value on the stack: of this part, of an earlier one, of the state, or a uniform one. */
    private void operand(
            MethodVisitor method, Locals locals, int node, int x, int handed, Map<Integer, Integer> handedOn) {
        boolean first = !locals.has(node);
        if (first && program.node(node) instanceof Program.Input input && input.source() == Program.Source.STATE) {
            method.visitVarInsn(Opcodes.ALOAD, x);
            Instructions.push(method, input.index());
            method.visitInsn(Opcodes.DALOAD);
            locals.store(node);
        } else if (first && handedOn.containsKey(node)) {
            method.visitVarInsn(Opcodes.ALOAD, handed);
            Instructions.push(method, handedOn.getOrDefault(node, 0));
            method.visitInsn(Opcodes.DALOAD);
            locals.store(node);
        }
        locals.load(node);
    }

    private void writeOutputs(
            MethodVisitor method,
            Locals locals,
            int from,
            int to,
            int x,
            int out,
            int handed,
            Map<Integer, Integer> handedOn) {
        for (int i = from; i < to; i++) {
            method.visitVarInsn(Opcodes.ALOAD, out);
            Instructions.push(method, i);
            operand(method, locals, outputs[i], x, handed, handedOn);
            method.visitInsn(Opcodes.DASTORE);
        }
    }

    // Block form: this, u, x, n, out; in loops u, x, n, out, w.

    private void writeAtBlock() {
        MethodVisitor block = begin(Opcodes.ACC_PUBLIC, "atBlock", AT_BLOCK);
        Instructions.push(block, plan.scratchArrays());
        block.visitVarInsn(Opcodes.ILOAD, 3);
        block.visitMethodInsn(Opcodes.INVOKESTATIC, LANES, "scratch", "(II)[[D", false);
        block.visitVarInsn(Opcodes.ASTORE, 5);
        List<Integer> all = new ArrayList<>();
        int stages = plan.stages().size();
        for (int i = 0; i < stages + outputs.length; i++) {
            all.add(i);
        }
        // A few hundred calls in one method, then one method more for the next ones.
        for (int from = 0; from < all.size(); from += LARGEST_METHOD) {
            invokeLoop(block, 1, "steps" + from);
            MethodVisitor steps = begin(Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE, "steps" + from, LOOP);
            for (int i : all.subList(from, Math.min(all.size(), from + LARGEST_METHOD))) {
                if (i >= stages) {
                    writeRest(steps, i - stages);
                } else if (plan.stages().get(i).isCall()) {
                    writeCall(steps, plan.stages().get(i).nodes().get(0));
                } else {
                    invokeLoop(steps, 0, "loop" + i);
                }
            }
            Instructions.end(steps);
        }
        for (int i = 0; i < stages; i++) {
            if (!plan.stages().get(i).isCall()) {
                MethodVisitor loop = begin(Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE, "loop" + i, LOOP);
                new LoopWriter(loop).write(plan.stages().get(i).nodes());
            }
        }
        Instructions.end(block);
    }

    private static void invokeLoop(MethodVisitor method, int first, String name) {
        method.visitVarInsn(Opcodes.ALOAD, first);
        method.visitVarInsn(Opcodes.ALOAD, first + 1);
        method.visitVarInsn(Opcodes.ILOAD, first + 2);
        method.visitVarInsn(Opcodes.ALOAD, first + 3);
        method.visitVarInsn(Opcodes.ALOAD, first + 4);
        method.visitMethodInsn(Opcodes.INVOKESTATIC, CLASS, name, LOOP, false);
    }

    private static void loadArray(MethodVisitor method, BlockPlan.Home home) {
        method.visitVarInsn(
                Opcodes.ALOAD,
                switch (home.place()) {
                    case X -> 1;
                    case OUT -> 3;
                    case SCRATCH -> 4;
                });
        Instructions.push(method, home.index());
        method.visitInsn(Opcodes.AALOAD);
    }

    /** The call of a function on whole arrays. */
    private void writeCall(MethodVisitor steps, int node) {
        Program.Apply apply = (Program.Apply) program.node(node);
        StringBuilder descriptor = new StringBuilder("(");
        for (int operand : operands(apply)) {
            if (program.isUniform(operand)) {
                loadUniform(steps, 0, operand);
                descriptor.append('D');
            } else {
                loadArray(steps, plan.home(operand));
                descriptor.append("[D");
            }
        }
        steps.visitVarInsn(Opcodes.ILOAD, 2);
        loadArray(steps, plan.home(node));
        String owner = isOfBlockMath(apply.op()) ? BLOCK_MATH : LANES;
        steps.visitMethodInsn(Opcodes.INVOKESTATIC, owner, apply.op().text(), descriptor + "I[D)V", false);
    }

    private static int[] operands(Program.Apply apply) {
        return apply.b() < 0 ? new int[] {apply.a()} : new int[] {apply.a(), apply.b()};
    }

    private static boolean isOfBlockMath(Op op) {
        return op == Op.EXP || op == Op.LOG || op == Op.SIN || op == Op.COS;
    }

    /** An output that stands elsewhere: a number, a coordinate, or that of another output. */
    private void writeRest(MethodVisitor steps, int output) {
        int node = outputs[output];
        BlockPlan.Home target = new BlockPlan.Home(BlockPlan.Place.OUT, output);
        if (program.isUniform(node)) {
            loadArray(steps, target);
            steps.visitInsn(Opcodes.ICONST_0);
            steps.visitVarInsn(Opcodes.ILOAD, 2);
            loadUniform(steps, 0, node);
            steps.visitMethodInsn(Opcodes.INVOKESTATIC, "java/util/Arrays", "fill", "([DIID)V", false);
        } else if (!plan.home(node).equals(target)) {
            loadArray(steps, plan.home(node));
            steps.visitInsn(Opcodes.ICONST_0);
            loadArray(steps, target);
            steps.visitInsn(Opcodes.ICONST_0);
            steps.visitVarInsn(Opcodes.ILOAD, 2);
            steps.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    "java/lang/System",
                    "arraycopy",
                    "(Ljava/lang/Object;ILjava/lang/Object;II)V",
                    false);
        }
    }

    /** One loop: all arrays are read before any is written, so that a value may take the place of one that is done with. */
    private final class LoopWriter {
        private final MethodVisitor loop;
        private final Locals locals;
        private final Map<BlockPlan.Home, Integer> arrays = new HashMap<>();

        LoopWriter(MethodVisitor loop) {
            this.loop = loop;
            this.locals = new Locals(loop, 0, 5);
        }

        void write(List<Integer> nodes) {
            List<Integer> read = new ArrayList<>();
            List<Integer> kept = nodes.stream().filter(plan::hasHome).toList();
            for (int node : nodes) {
                Program.Apply apply = (Program.Apply) program.node(node);
                for (int operand : operands(apply)) {
                    if (program.isUniform(operand)) {
                        if (!locals.has(operand) && !isConstant(operand)) {
                            loadUniform(loop, 0, operand);
                            locals.store(operand);
                        }
                    } else if (!nodes.contains(operand) && !read.contains(operand)) {
                        read.add(operand);
                    }
                }
            }
            read.forEach(node -> openArray(plan.home(node)));
            kept.forEach(node -> openArray(plan.home(node)));
            int p = locals.newPlace();
            loop.visitInsn(Opcodes.ICONST_0);
            loop.visitVarInsn(Opcodes.ISTORE, p);
            Label test = new Label();
            Label body = new Label();
            loop.visitJumpInsn(Opcodes.GOTO, test);
            loop.visitLabel(body);
            for (int node : read) {
                loop.visitVarInsn(Opcodes.ALOAD, array(node));
                loop.visitVarInsn(Opcodes.ILOAD, p);
                loop.visitInsn(Opcodes.DALOAD);
                locals.store(node);
            }
            for (int node : nodes) {
                Program.Apply apply = (Program.Apply) program.node(node);
                locals.load(apply.a());
                if (apply.b() >= 0) {
                    locals.load(apply.b());
                }
                Instructions.operate(loop, apply.op());
                locals.store(node);
            }
            for (int node : kept) {
                loop.visitVarInsn(Opcodes.ALOAD, array(node));
                loop.visitVarInsn(Opcodes.ILOAD, p);
                locals.load(node);
                loop.visitInsn(Opcodes.DASTORE);
            }
            loop.visitIincInsn(p, 1);
            loop.visitLabel(test);
            loop.visitVarInsn(Opcodes.ILOAD, p);
            loop.visitVarInsn(Opcodes.ILOAD, 2);
            loop.visitJumpInsn(Opcodes.IF_ICMPLT, body);
            Instructions.end(loop);
        }

        private int array(int node) {
            return arrays.getOrDefault(plan.home(node), 0);
        }

        private void openArray(BlockPlan.Home home) {
            if (!arrays.containsKey(home)) {
                int place = locals.newPlace();
                loadArray(loop, home);
                loop.visitVarInsn(Opcodes.ASTORE, place);
                arrays.put(home, place);
            }
        }
    }
}
