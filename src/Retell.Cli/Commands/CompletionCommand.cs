using System.CommandLine;
using Retell.Cli.Help;

namespace Retell.Cli.Commands;

/// <summary><c>retell completion bash</c>: a script that completes commands and options in a shell.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> s_scripts = new(StringComparer.Ordinal)
    {
        ["bash"] =
            """
            # In ~/.bashrc: source <(retell completion bash)
            _retell() {
                local IFS=$'\n' line="${COMP_LINE:0:COMP_POINT}"
                COMPREPLY=($(compgen -W "$(retell "[suggest:${#line}]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _retell retell
            """,
        ["zsh"] =
            """
            # In ~/.zshrc: source <(retell completion zsh)
            _retell() {
                local -a items
                items=("${(@f)$(retell "[suggest:${#LBUFFER}]" "$LBUFFER" 2>/dev/null)}")
                (( ${#items[1]} )) && compadd -a items || _files
            }
            compdef _retell retell
            """,
        ["pwsh"] =
            """
            # In $PROFILE: retell completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName retell -ScriptBlock {
                param($word, $ast, $cursor)
                $line = $ast.ToString().PadRight($cursor - $ast.Extent.StartOffset)
                retell "[suggest:$($cursor - $ast.Extent.StartOffset)]" "$line" | Where-Object { $_ -like "$word*" } |
                    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """,
    };

    public static Command Create(CliEnvironment environment)
    {
        var shell = new Argument<string>("shell") { Description = "The shell: bash, zsh or pwsh." };
        shell.AcceptOnlyFromAmong([.. s_scripts.Keys]);
        var command = new Command("completion", HelpTexts.Completion) { shell };
        command.SetAction(async (parsed, _) =>
        {
            await environment.Output.WriteLineAsync(s_scripts[parsed.GetRequiredValue(shell)]).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}
