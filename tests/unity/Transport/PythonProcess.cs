using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Layerwalk.Tests
{
    /// <summary>A Python program beside the tests, which says in lines what it does.</summary>
    public sealed class PythonProcess : IDisposable
    {
        public const int PatienceMs = 60000;

        private readonly object _lock = new object();
        private readonly Queue<string> _lines = new Queue<string>();
        private readonly List<string> _errors = new List<string>();
        private readonly Process _process;
        private bool _ended;

        /// <summary>Starts `tests/unity/PROGRAM` with these arguments.</summary>
        public PythonProcess(string program, params string[] arguments)
        {
            string script = Path.Combine(Folder(), program);
            var start = new ProcessStartInfo(
                Python(), "\"" + script + "\" \"" + string.Join("\" \"", arguments) + "\"");
            start.UseShellExecute = false;
            start.RedirectStandardInput = true;
            start.RedirectStandardOutput = true;
            start.RedirectStandardError = true;
            start.EnvironmentVariables["OMP_NUM_THREADS"] = "1";
            _process = Process.Start(start);
            Read(_process.StandardOutput, _lines.Enqueue, () => _ended = true);
            Read(_process.StandardError, _errors.Add, () => { });
        }

        public int Id
        {
            get { return _process.Id; }
        }

        /// <summary>What follows `word` on the next line that begins with it.</summary>
        public string Await(string word)
        {
            while (true)
            {
                string line = Next();
                if (line == word || line.StartsWith(word + " ", StringComparison.Ordinal))
                    return line.Substring(Math.Min(line.Length, word.Length + 1));
            }
        }

        private string Next()
        {
            var watch = Stopwatch.StartNew();
            lock (_lock)
            {
                while (_lines.Count == 0)
                {
                    long leftMs = PatienceMs - watch.ElapsedMilliseconds;
                    if (leftMs <= 0 || _ended)
                        throw new TimeoutException(
                            "the program said no more: " + string.Join("\n", _errors));
                    Monitor.Wait(_lock, (int)leftMs);
                }
                return _lines.Dequeue();
            }
        }

        /// <summary>All lines before that word.</summary>
        public List<string> AwaitAll(string word)
        {
            var lines = new List<string>();
            string line;
            while ((line = Next()) != word)
                lines.Add(line);
            return lines;
        }

        /// <summary>Writes a line to its standard input.</summary>
        public void Tell(string line)
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }

        /// <summary>Sends it a signal, STOP or CONT for instance.</summary>
        public void Signal(string name)
        {
            using (Process kill = Process.Start("kill", "-" + name + " " + _process.Id))
                kill.WaitForExit();
        }

        /// <summary>Ends it at once, as a crash would.</summary>
        public void Dispose()
        {
            try
            {
                _process.Kill();
            }
            catch (InvalidOperationException)
            {
                // It has ended by itself.
            }
            catch (Win32Exception)
            {
                // It is just ending: asking first whether it has would only narrow the gap.
            }
            _process.WaitForExit();
            _process.Dispose();
        }

        /// <summary>The folder `tests/unity` that this was compiled from.</summary>
        public static string Folder()
        {
            return Path.GetDirectoryName(Path.GetDirectoryName(ThisFile()));
        }

        private static string ThisFile([CallerFilePath] string path = "")
        {
            return path;
        }

        private static string Python()
        {
            string told = Environment.GetEnvironmentVariable("LAYERWALK_PYTHON");
            if (!string.IsNullOrEmpty(told))
                return told;
            string checkout = Path.GetDirectoryName(Path.GetDirectoryName(Folder()));
            string ours = Path.Combine(checkout, ".venv/bin/python");
            return File.Exists(ours) ? ours : "python3";
        }

        private void Read(StreamReader reader, Action<string> take, Action end)
        {
            var thread = new Thread(() =>
            {
                string line;
                while ((line = reader.ReadLine()) != null)
                    lock (_lock)
                    {
                        take(line);
                        Monitor.PulseAll(_lock);
                    }
                lock (_lock)
                {
                    end();
                    Monitor.PulseAll(_lock);
                }
            });
            thread.IsBackground = true;
            thread.Start();
        }
    }
}
