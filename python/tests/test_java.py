from __future__ import annotations

import pickle

import pytest

import naja


@pytest.fixture
def java(bridge):
    bridge.describe("java.util.AbstractList", traits="abstract List")
    bridge.describe(
        "java.util.ArrayList",
        "java.util.AbstractList",
        traits="Collection List",
        size=lambda self: len(self.data),
        isEmpty=lambda self: not self.data,
        sort=lambda self: None,
    )
    bridge.describe("java.util.List", None, traits="interface abstract List")
    bridge.describe(
        "java.lang.Runnable",
        None,
        traits="interface abstract",
        functional="run",
        run=lambda self: "ran",
    )
    bridge.describe("Proxy", functional="run", run=lambda self: self.data())
    return bridge


def test_calling_a_type_constructs(java):
    made = naja.java_type("java.util.ArrayList")(1, 2)
    assert made.data == [1, 2]
    assert type(made) is naja.java_type("java.util.ArrayList")
    assert isinstance(made, naja.JavaObject)


def test_keyword_arguments_are_refused(java):
    with pytest.raises(TypeError) as info:
        naja.java_type("java.util.ArrayList")(capacity=1)
    assert str(info.value) == (
        "the constructors of java.util.ArrayList take no keyword arguments (capacity): "
        "Java's parameters have positions only"
    )


def test_names_and_repr(java):
    java.describe("java.util.Map", None, traits="interface", nested=("Entry",))
    java.describe("java.util.Map$Entry", None, traits="interface")
    kind = naja.java_type("java.util.Map.Entry")
    assert repr(kind) == "<java class 'java.util.Map$Entry'>"
    assert (kind.__module__, kind.__qualname__, kind.__name__) == (
        "java.util",
        "Map.Entry",
        "Entry",
    )
    assert naja.java_type("java.util.Map").Entry is kind


def test_names_of_arrays_and_primitives(java):
    from naja._java import java_name

    for name, shown in [
        ("[I", "int[]"),
        ("[[Ljava.lang.String;", "java.lang.String[][]"),
        ("int", "int"),
        ("[Lp.Outer$Inner;", "p.Outer$Inner[]"),
    ]:
        assert java_name(name) == shown
    java.describe("[[Ljava.lang.String;", traits="array")
    kind = naja.java_type("[[Ljava.lang.String;")
    assert (kind.__module__, kind.__name__) == ("java.lang", "String[][]")
    java.describe("int", None, traits="abstract")
    kind = naja.java_type("int")
    assert (repr(kind), kind.class_) == ("<java class 'int'>", "class int")


def test_nested_class_is_found_anew_at_each_access(java):
    java.describe("p.Outer", nested=("Inner",))
    outer = naja.java_type("p.Outer")
    with pytest.raises(ImportError, match=r"no Java class p\.Outer\$Inner"):
        _ = outer.Inner
    java.describe("p.Outer$Inner")
    assert outer.Inner is naja.java_type("p.Outer$Inner")


def test_member_with_the_name_of_a_keyword_has_an_underscore(java):
    java.describe("java.lang.System", **{"in": "the input", "lambda_": 1, "lambda": 2})
    kind = naja.java_type("java.lang.System")
    assert kind.in_ == "the input"
    assert kind.lambda_ == 1


def test_isinstance_follows_java(java):
    array_list = naja.java_type("java.util.ArrayList")
    made = array_list()
    for name in ("ArrayList", "AbstractList", "List"):
        assert isinstance(made, naja.java_type(f"java.util.{name}"))
    assert isinstance(made, naja.java_type("java.lang.Object"))
    assert not isinstance(made, naja.java_type("java.lang.Runnable"))
    assert not isinstance([], naja.java_type("java.util.List"))
    assert not isinstance(array_list, array_list)


def test_issubclass_follows_java(java):
    array_list = naja.java_type("java.util.ArrayList")
    assert issubclass(array_list, naja.java_type("java.util.List"))
    assert issubclass(array_list, naja.JavaObject)
    assert not issubclass(naja.java_type("java.util.List"), array_list)
    assert not issubclass(list, array_list)


def test_subclassing_is_refused_with_the_mend(java):
    array_list = naja.java_type("java.util.ArrayList")
    with pytest.raises(TypeError) as info:

        class Mine(array_list):
            pass

    assert str(info.value) == (
        "the Python class 'Mine' cannot extend the Java class java.util.ArrayList. A Python class "
        "can implement Java interfaces: write @naja.implements(...) above it"
    )


@pytest.mark.parametrize(
    "name, args, message",
    [
        (
            "java.util.List",
            (),
            "java.util.List is an interface, which has no constructor. Construct a class that "
            "implements it; a Python class can, with @naja.implements(List)",
        ),
        (
            "java.util.AbstractList",
            (),
            "java.util.AbstractList is abstract, so it cannot be constructed. Construct a subclass "
            "of it",
        ),
        (
            "java.lang.Runnable",
            (1,),
            "java.lang.Runnable is a functional interface: call it with one callable, or construct "
            "a class that implements it; a Python class can, with @naja.implements(Runnable)",
        ),
        ("p.Secret", (), "the filter says no"),
        (
            "int",
            (1,),
            "int is a primitive type, of which there are no objects. To have an argument taken as "
            'one, write naja.cast(x, "int")',
        ),
        (
            "p.Colour",
            (),
            "p.Colour is an enum: its constants are its attributes, as in Colour.NAME and "
            'Colour["NAME"]',
        ),
    ],
)
def test_what_cannot_be_constructed_says_what_to_do(java, name, args, message):
    java.describe("p.Secret", traits="refused interface", why="the filter says no")
    java.describe("int", None, traits="abstract")
    java.describe("p.Colour", traits="enum abstract")
    with pytest.raises(TypeError) as info:
        naja.java_type(name)(*args)
    assert str(info.value) == message


def test_object_of_a_refused_class_says_why_it_has_no_members(java):
    java.describe("p.Secret", traits="refused", why="the filter says no")
    secret = java.make("p.Secret", "secret")
    with pytest.raises(AttributeError, match=r"^'size' cannot be used: the filter says no$"):
        secret.size()
    assert str(secret) == "secret"


def test_functional_interface_makes_an_object_of_a_callable(java):
    made = naja.java_type("java.lang.Runnable")(lambda: "called")
    assert made.run() == "called"
    assert made.data.__java_interfaces__ == (naja.java_type("java.lang.Runnable"),)
    assert repr(made.data).startswith("<Runnable of <function ")


def test_static_fields_are_set_and_finals_refuse(java):
    java.describe("p.Holder", field=1, FIELD=2)
    holder = naja.java_type("p.Holder")
    holder.field = 5
    assert java.statics == {"field": 5}
    with pytest.raises(AttributeError, match="FIELD is final"):
        holder.FIELD = 3
    with pytest.raises(AttributeError) as info:
        holder.feild = 3
    assert str(info.value) == "p.Holder has no static field 'feild'. Did you mean: 'field'?"
    with pytest.raises(AttributeError, match=r"p\.Holder\.field cannot be deleted"):
        del holder.field


def test_objects_take_no_attributes_that_java_does_not_have(java):
    with pytest.raises(AttributeError):
        naja.java_type("java.util.ArrayList")().szie = 1


def test_objects_can_be_referred_to_weakly(java):
    import weakref

    made = naja.java_type("java.util.ArrayList")()
    reference = weakref.ref(made)
    assert reference() is made
    del made
    assert reference() is None


def test_types_can_go(java):
    import gc
    import weakref

    reference = weakref.ref(naja.java_type("java.util.ArrayList"))
    java.types.clear()
    gc.collect()
    assert reference() is None


def test_enum_is_iterable_and_subscriptable(java):
    java.describe("p.Colour", traits="enum", name=lambda self: self.data)
    kind = naja.java_type("p.Colour")
    constants = [java.make("p.Colour", name) for name in ("RED", "GREEN")]
    type.__setattr__(kind, "values", staticmethod(lambda: constants))
    assert list(kind) == constants
    assert kind["GREEN"] is constants[1]
    with pytest.raises(KeyError) as info:
        kind["BLUE"]
    assert info.value.args == ("p.Colour has no constant 'BLUE'; it has RED, GREEN",)


def test_other_classes_are_not_iterable_and_subscribe_as_generics(java):
    kind = naja.java_type("java.util.ArrayList")
    with pytest.raises(TypeError, match="only enum classes are"):
        iter(kind)
    assert kind[str].__origin__ is kind
    assert kind[str](1).data == [1]


def test_documentation_lists_constructors(java):
    kind = naja.java_type("java.util.ArrayList")
    assert kind.__doc__ == ("The Java class java.util.ArrayList.\n\nArrayList()\nArrayList(int)")
    assert kind.class_ == "class java.util.ArrayList"


def test_dir_lists_members(java):
    assert {"size", "sort", "__len__", "append"} <= set(
        dir(naja.java_type("java.util.ArrayList")())
    )


def test_pickling_is_refused(java):
    kind = naja.java_type("java.util.ArrayList")
    with pytest.raises(TypeError, match=r"cannot pickle <java class 'java\.util\.ArrayList'>: "):
        pickle.dumps(kind)
    with pytest.raises(TypeError, match=r"naja\.value\(x\) gives those by value"):
        pickle.dumps(kind())


def test_value_converts_java_objects_only(java):
    assert naja.value(naja.java_type("java.util.ArrayList")(1)) == [1]
    mine = [1]
    assert naja.value(mine) is mine


def test_cast_names_value_and_target(java):
    cast = naja.cast(5, "java.lang.Integer")
    assert (cast.value, cast.target) == (5, "java.lang.Integer")
