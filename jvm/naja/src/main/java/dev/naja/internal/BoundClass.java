package dev.naja.internal;

import static org.objectweb.asm.Opcodes.*;

import java.lang.ref.Reference;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What does the class look like that implements interfaces by a Python object? Straight-line code
 * without reflection, boxes or loops:
 *
 * <pre>
 * public final class Scorer$$Naja extends Bound implements Scorer {
 *   private static final Reader R1;           // takes a result that is neither primitive nor String
 *   private final long c0;                    // handle of the attribute that a method calls
 *
 *   public double eval(double x) {            // double to double and long to long
 *     if (unframed) {
 *       double result = Bound.callDouble(this, c0, x);
 *       Reference.reachabilityFence(this);
 *       return result;
 *     }
 *     ...                                     // else as below
 *   }
 *
 *   public List label(String s, int i) {      // everything else
 *     CallFrame frame = CallFrame.acquire();
 *     try {
 *       frame.putString(s);
 *       frame.putLong(i);
 *       frame.call(c1, 2, 0, WANT, deadline);
 *       List result = (List) frame.get(R1);
 *     } catch (Throwable e) {
 *       frame.release();
 *       throw e;
 *     }
 *     frame.release();
 *     Reference.reachabilityFence(this);
 *     return result;
 *   }
 * }
 * </pre>
 *
 * <p>A class that extends {@link Implementation} also has the default methods:
 *
 * <pre>
 *   public Comparator reversed() {
 *     if (c2 == 0) {                          // the Python class has no such attribute
 *       return Comparator.super.reversed();
 *     }
 *     ...                                     // else as above
 *   }
 * </pre>
 *
 * <p>and its abstract methods call {@code Implementation.callable(this, c0, 0)}, which is {@code
 * c0} unless Python lacked the attribute when the instance was made.
 */
final class BoundClass {
  private static final Type BOUND = Type.getType(Bound.class);
  private static final Type BINDING = Type.getType(Binding.class);
  private static final Type FRAME = Type.getType(CallFrame.class);
  private static final Type READER = Type.getType(Reader.class);
  private static final Type OBJECT = Type.getType(Object.class);
  private static final Type THROWABLE = Type.getType(Throwable.class);
  private static final String CONSTRUCTOR = Type.getMethodDescriptor(Type.VOID_TYPE, BINDING);

  private final BoundInterface face;
  private final String self;
  private final String base;
  private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);

  private BoundClass(BoundInterface face, String name) {
    this.face = face;
    this.self = name.replace('.', '/');
    this.base = Type.getInternalName(face.base());
  }

  /** The class file of a public final class with a constructor that takes a {@link Binding}. */
  static byte[] write(BoundInterface face, String name) {
    return new BoundClass(face, name).write();
  }

  private byte[] write() {
    String[] interfaces = new String[face.types.size()];
    for (int i = 0; i < interfaces.length; i++) {
      interfaces[i] = Type.getInternalName(face.types.get(i));
    }
    writer.visit(V11, ACC_PUBLIC | ACC_FINAL | ACC_SUPER, self, null, base, interfaces);
    writeConstructor();
    writeReaders();
    for (int i = 0; i < face.methods.size(); i++) {
      writeMethod(i);
    }
    writer.visitEnd();
    return writer.toByteArray();
  }

  private void writeConstructor() {
    MethodVisitor code = writer.visitMethod(ACC_PUBLIC, "<init>", CONSTRUCTOR, null, null);
    code.visitCode();
    code.visitVarInsn(ALOAD, 0);
    code.visitVarInsn(ALOAD, 1);
    code.visitMethodInsn(INVOKESPECIAL, base, "<init>", CONSTRUCTOR, false);
    for (int i = 0; i < face.callables.size(); i++) {
      writer.visitField(ACC_PRIVATE | ACC_FINAL, "c" + i, "J", null, null).visitEnd();
      code.visitVarInsn(ALOAD, 0);
      code.visitVarInsn(ALOAD, 1);
      push(code, i);
      String taken = Type.getMethodDescriptor(Type.LONG_TYPE, BINDING, Type.INT_TYPE);
      code.visitMethodInsn(INVOKESTATIC, BOUND.getInternalName(), "callable", taken, false);
      code.visitFieldInsn(PUTFIELD, self, "c" + i, "J");
    }
    code.visitInsn(RETURN);
    end(code);
  }

  private void writeReaders() {
    MethodVisitor code = writer.visitMethod(ACC_STATIC, "<clinit>", "()V", null, null);
    code.visitCode();
    code.visitLdcInsn(Type.getObjectType(self));
    Type readers = Type.getType(Reader[].class);
    String taken = Type.getMethodDescriptor(readers, Type.getType(Class.class));
    code.visitMethodInsn(INVOKESTATIC, BOUND.getInternalName(), "readers", taken, false);
    code.visitVarInsn(ASTORE, 0);
    for (int i = 0; i < face.methods.size(); i++) {
      int access = ACC_PRIVATE | ACC_STATIC | ACC_FINAL;
      writer.visitField(access, "R" + i, READER.getDescriptor(), null, null).visitEnd();
      code.visitVarInsn(ALOAD, 0);
      push(code, i);
      code.visitInsn(AALOAD);
      code.visitFieldInsn(PUTSTATIC, self, "R" + i, READER.getDescriptor());
    }
    code.visitInsn(RETURN);
    end(code);
  }

  private void writeMethod(int index) {
    BoundMethod bound = face.methods.get(index);
    Method method = bound.method;
    MethodVisitor code =
        writer.visitMethod(
            method.isVarArgs() ? ACC_PUBLIC | ACC_VARARGS : ACC_PUBLIC,
            method.getName(),
            Type.getMethodDescriptor(method),
            null,
            null);
    code.visitCode();
    if (face.closes(bound)) {
      code.visitVarInsn(ALOAD, 0);
      pushCallable(code, bound);
      String closed = Type.getMethodDescriptor(Type.VOID_TYPE, BOUND, Type.LONG_TYPE);
      code.visitMethodInsn(INVOKESTATIC, BOUND.getInternalName(), "closeBinding", closed, false);
      code.visitInsn(RETURN);
    } else {
      if (method.isDefault()) {
        writeDefault(code, bound);
      }
      if (bound.maps(double.class)) {
        writeDirectCall(code, bound, "callDouble", Type.DOUBLE_TYPE);
      } else if (bound.maps(long.class)) {
        writeDirectCall(code, bound, "callLong", Type.LONG_TYPE);
      }
      writeFrameCall(code, bound, index);
    }
    end(code);
  }

  /** What the method does where Python lacks the attribute. */
  private void writeDefault(MethodVisitor code, BoundMethod bound) {
    Label byPython = new Label();
    pushField(code, bound);
    code.visitInsn(LCONST_0);
    code.visitInsn(LCMP);
    code.visitJumpInsn(IFNE, byPython);
    code.visitVarInsn(ALOAD, 0);
    int local = 1;
    for (Type parameter : Type.getArgumentTypes(bound.method)) {
      code.visitVarInsn(parameter.getOpcode(ILOAD), local);
      local += parameter.getSize();
    }
    String descriptor = Type.getMethodDescriptor(bound.method);
    String owner = Type.getInternalName(bound.type);
    code.visitMethodInsn(INVOKESPECIAL, owner, bound.method.getName(), descriptor, true);
    code.visitInsn(Type.getReturnType(bound.method).getOpcode(IRETURN));
    code.visitLabel(byPython);
    code.visitFrame(F_SAME, 0, null, 0, null);
  }

  /** The call without a frame, where that may be. */
  private void writeDirectCall(MethodVisitor code, BoundMethod bound, String name, Type primitive) {
    Label byFrame = new Label();
    code.visitVarInsn(ALOAD, 0);
    code.visitFieldInsn(GETFIELD, self, "unframed", "Z");
    code.visitJumpInsn(IFEQ, byFrame);
    code.visitVarInsn(ALOAD, 0);
    pushCallable(code, bound);
    code.visitVarInsn(primitive.getOpcode(ILOAD), 1);
    String descriptor = Type.getMethodDescriptor(primitive, BOUND, Type.LONG_TYPE, primitive);
    code.visitMethodInsn(INVOKESTATIC, BOUND.getInternalName(), name, descriptor, false);
    fence(code);
    code.visitInsn(primitive.getOpcode(IRETURN));
    code.visitLabel(byFrame);
    code.visitFrame(F_SAME, 0, null, 0, null);
  }

  private void writeFrameCall(MethodVisitor code, BoundMethod bound, int index) {
    Type[] parameters = Type.getArgumentTypes(bound.method);
    Type result = Type.getReturnType(bound.method);
    int frame = 1;
    for (Type parameter : parameters) {
      frame += parameter.getSize();
    }
    Label start = new Label();
    Label end = new Label();
    Label failed = new Label();
    code.visitTryCatchBlock(start, end, failed, THROWABLE.getInternalName());
    String acquired = Type.getMethodDescriptor(FRAME);
    code.visitMethodInsn(INVOKESTATIC, FRAME.getInternalName(), "acquire", acquired, false);
    code.visitVarInsn(ASTORE, frame);
    code.visitLabel(start);
    boolean spread = bound.method.isVarArgs();
    int local = 1;
    int last = spread ? parameters.length - 1 : parameters.length;
    for (int i = 0; i < last; i++) {
      code.visitVarInsn(ALOAD, frame);
      put(code, parameters[i], local);
      local += parameters[i].getSize();
    }
    if (spread) {
      code.visitVarInsn(ALOAD, frame);
      code.visitVarInsn(ALOAD, local);
      String counted = Type.getMethodDescriptor(Type.INT_TYPE, FRAME, OBJECT);
      code.visitMethodInsn(INVOKESTATIC, BOUND.getInternalName(), "spread", counted, false);
      push(code, last);
      code.visitInsn(IADD);
      code.visitVarInsn(ISTORE, frame + 1);
    }
    code.visitVarInsn(ALOAD, frame);
    pushCallable(code, bound);
    if (spread) {
      code.visitVarInsn(ILOAD, frame + 1);
    } else {
      push(code, last);
    }
    push(code, 0);
    push(code, bound.reader.want());
    pushDeadline(code);
    call(code, "call", "(JIIIJ)V");
    get(code, result, frame, index);
    int taken = frame + 2;
    if (result != Type.VOID_TYPE) {
      code.visitVarInsn(result.getOpcode(ISTORE), taken);
    }
    code.visitLabel(end);
    code.visitVarInsn(ALOAD, frame);
    call(code, "release", "()V");
    fence(code);
    if (result != Type.VOID_TYPE) {
      code.visitVarInsn(result.getOpcode(ILOAD), taken);
    }
    code.visitInsn(result.getOpcode(IRETURN));
    writeFailure(code, failed, parameters, frame);
  }

  private void writeFailure(MethodVisitor code, Label failed, Type[] parameters, int frame) {
    code.visitLabel(failed);
    Object[] locals = locals(parameters);
    code.visitFrame(F_FULL, locals.length, locals, 1, new Object[] {THROWABLE.getInternalName()});
    code.visitVarInsn(ALOAD, frame);
    call(code, "release", "()V");
    code.visitInsn(ATHROW);
  }

  /** The verifier's types of this, the parameters and the frame. */
  private Object[] locals(Type[] parameters) {
    List<Object> locals = new ArrayList<>();
    locals.add(self);
    for (Type parameter : parameters) {
      switch (parameter.getSort()) {
        case Type.DOUBLE:
          locals.add(Opcodes.DOUBLE);
          break;
        case Type.FLOAT:
          locals.add(Opcodes.FLOAT);
          break;
        case Type.LONG:
          locals.add(Opcodes.LONG);
          break;
        case Type.ARRAY:
        case Type.OBJECT:
          locals.add(parameter.getInternalName());
          break;
        default:
          locals.add(Opcodes.INTEGER);
          break;
      }
    }
    locals.add(FRAME.getInternalName());
    return locals.toArray();
  }

  /** Puts a parameter into the frame that lies on the stack. */
  private static void put(MethodVisitor code, Type parameter, int local) {
    code.visitVarInsn(parameter.getOpcode(ILOAD), local);
    switch (parameter.getSort()) {
      case Type.BOOLEAN:
        call(code, "putBoolean", "(Z)V");
        break;
      case Type.CHAR:
        call(code, "putChar", "(C)V");
        break;
      case Type.BYTE:
      case Type.SHORT:
      case Type.INT:
        code.visitInsn(I2L);
        call(code, "putLong", "(J)V");
        break;
      case Type.LONG:
        call(code, "putLong", "(J)V");
        break;
      case Type.FLOAT:
        code.visitInsn(F2D);
        call(code, "putDouble", "(D)V");
        break;
      case Type.DOUBLE:
        call(code, "putDouble", "(D)V");
        break;
      default:
        if (parameter.getClassName().equals(String.class.getName())) {
          call(code, "putString", "(Ljava/lang/String;)V");
        } else {
          call(code, "putValue", "(Ljava/lang/Object;)V");
        }
        break;
    }
  }

  /** Takes the result from the frame and leaves it on the stack. */
  private void get(MethodVisitor code, Type result, int frame, int index) {
    if (result == Type.VOID_TYPE) {
      return;
    }
    code.visitVarInsn(ALOAD, frame);
    boolean text = result.getClassName().equals(String.class.getName());
    if (text || result.getSort() < Type.ARRAY) {
      String name = text ? "String" : result.getClassName();
      String getter = "get" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
      call(code, getter, Type.getMethodDescriptor(result));
      return;
    }
    code.visitFieldInsn(GETSTATIC, self, "R" + index, READER.getDescriptor());
    call(code, "get", Type.getMethodDescriptor(OBJECT, READER));
    if (!result.equals(OBJECT)) {
      code.visitTypeInsn(CHECKCAST, result.getInternalName());
    }
  }

  private void pushCallable(MethodVisitor code, BoundMethod bound) {
    if (face.implemented && !bound.method.isDefault()) {
      code.visitVarInsn(ALOAD, 0);
      pushField(code, bound);
      push(code, face.methods.indexOf(bound));
      String known =
          Type.getMethodDescriptor(
              Type.LONG_TYPE, Type.getType(Implementation.class), Type.LONG_TYPE, Type.INT_TYPE);
      code.visitMethodInsn(INVOKESTATIC, base, "callable", known, false);
    } else {
      pushField(code, bound);
    }
  }

  private void pushField(MethodVisitor code, BoundMethod bound) {
    code.visitVarInsn(ALOAD, 0);
    code.visitFieldInsn(GETFIELD, self, "c" + bound.callable, "J");
  }

  private void pushDeadline(MethodVisitor code) {
    code.visitVarInsn(ALOAD, 0);
    code.visitFieldInsn(GETFIELD, self, "deadline", "J");
  }

  private static void push(MethodVisitor code, int number) {
    if (number <= Byte.MAX_VALUE) {
      code.visitIntInsn(BIPUSH, number);
    } else {
      code.visitIntInsn(SIPUSH, number);
    }
  }

  private static void call(MethodVisitor code, String method, String descriptor) {
    code.visitMethodInsn(INVOKEVIRTUAL, FRAME.getInternalName(), method, descriptor, false);
  }

  private static void fence(MethodVisitor code) {
    code.visitVarInsn(ALOAD, 0);
    code.visitMethodInsn(
        INVOKESTATIC,
        Type.getInternalName(Reference.class),
        "reachabilityFence",
        Type.getMethodDescriptor(Type.VOID_TYPE, OBJECT),
        false);
  }

  private static void end(MethodVisitor code) {
    code.visitMaxs(0, 0);
    code.visitEnd();
  }
}
