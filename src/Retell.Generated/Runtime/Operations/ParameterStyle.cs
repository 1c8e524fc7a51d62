namespace Retell.Generated;

/// <summary>The styles of OpenAPI for lists and objects in parameters.</summary>
internal enum ParameterStyle
{
    /// <summary><c>a=1&amp;a=2</c>, or <c>a=1,2</c>; the members of an object are separate parameters.</summary>
    Form,

    /// <summary><c>1,2</c> in a path or a header.</summary>
    Simple,

    /// <summary><c>.1.2</c> in a path.</summary>
    Label,

    /// <summary><c>;a=1;a=2</c> in a path.</summary>
    Matrix,

    /// <summary><c>a=1%202</c>.</summary>
    SpaceDelimited,

    /// <summary><c>a=1|2</c>.</summary>
    PipeDelimited,

    /// <summary><c>a[name]=1</c>.</summary>
    DeepObject,

    /// <summary>The value as JSON.</summary>
    Json,
}
