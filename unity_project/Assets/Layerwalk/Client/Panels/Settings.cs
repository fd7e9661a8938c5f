using System;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>
    /// What the visitor chose, kept in PlayerPrefs. The token is not kept unless the visitor asks
    /// for it: PlayerPrefs are a plain file or registry key, the engine has no store of secrets,
    /// and a cipher whose key lies beside it would only look like one. A bridge makes a new token
    /// at every start anyway, unless it is told one.
    /// </summary>
    public sealed class Settings
    {
        public const int LeastBudgetMiB = 64, MostBudgetMiB = 4096;

        const string Prefix = "layerwalk.";
        const string EndpointVariable = "LAYERWALK_ENDPOINT", TokenVariable = "LAYERWALK_TOKEN",
            KeyVariable = "LAYERWALK_SERVER_KEY";

        public Settings()
        {
            Comfort = new Comfort();
            Endpoint = Token = ServerKey = "";
            BudgetMiB = Application.isMobilePlatform ? 256 : 1024;
        }

        public string Endpoint { get; set; }

        public string Token { get; set; }

        /// <summary>The bridge's public key; "" for one on this machine.</summary>
        public string ServerKey { get; set; }

        public bool RemembersToken { get; set; }

        /// <summary>For pages, on the graphics device and as much in the main memory.</summary>
        public int BudgetMiB { get; set; }

        /// <summary>Colours are scaled by each channel's own range, not by the layer's.</summary>
        public bool PerChannel { get; set; }

        public Comfort Comfort { get; private set; }

        public BridgeAddress Address
        {
            get { return new BridgeAddress(Endpoint, Token, ServerKey); }
        }

        /// <summary>What was kept; the environment's words go before.</summary>
        public static Settings Load()
        {
            var settings = new Settings();
            settings.Endpoint = Told(EndpointVariable) ?? Text("endpoint");
            settings.ServerKey = Told(KeyVariable) ?? Text("server-key");
            settings.RemembersToken = PlayerPrefs.GetInt(Prefix + "remember-token", 0) != 0;
            settings.Token = Told(TokenVariable) ?? Text("token");
            int budget = PlayerPrefs.GetInt(Prefix + "budget-mib", settings.BudgetMiB);
            settings.BudgetMiB = Math.Max(LeastBudgetMiB, Math.Min(MostBudgetMiB, budget));
            settings.PerChannel = Flag("per-channel", false);
            Comfort comfort = settings.Comfort;
            comfort.Vignette = PlayerPrefs.GetFloat(
                Prefix + "vignette", (float)comfort.Vignette);
            comfort.Smooth = Flag("smooth-walk", comfort.Smooth);
            comfort.SmoothTurn = Flag("smooth-turn", comfort.SmoothTurn);
            comfort.Calm = Flag("calm", comfort.Calm);
            return settings;
        }

        public void Save()
        {
            PlayerPrefs.SetString(Prefix + "endpoint", Endpoint);
            PlayerPrefs.SetString(Prefix + "server-key", ServerKey);
            PlayerPrefs.SetInt(Prefix + "remember-token", RemembersToken ? 1 : 0);
            if (RemembersToken)
            {
                PlayerPrefs.SetString(Prefix + "token", Token);
            }
            else
            {
                PlayerPrefs.DeleteKey(Prefix + "token");
            }
            PlayerPrefs.SetInt(Prefix + "budget-mib", BudgetMiB);
            PlayerPrefs.SetInt(Prefix + "per-channel", PerChannel ? 1 : 0);
            PlayerPrefs.SetFloat(Prefix + "vignette", (float)Comfort.Vignette);
            PlayerPrefs.SetInt(Prefix + "smooth-walk", Comfort.Smooth ? 1 : 0);
            PlayerPrefs.SetInt(Prefix + "smooth-turn", Comfort.SmoothTurn ? 1 : 0);
            PlayerPrefs.SetInt(Prefix + "calm", Comfort.Calm ? 1 : 0);
            PlayerPrefs.Save();
        }

        static string Text(string key)
        {
            return PlayerPrefs.GetString(Prefix + key, "");
        }

        static bool Flag(string key, bool otherwise)
        {
            return PlayerPrefs.GetInt(Prefix + key, otherwise ? 1 : 0) != 0;
        }

        static string Told(string variable)
        {
            string value = Environment.GetEnvironmentVariable(variable);
            return string.IsNullOrEmpty(value) ? null : value;
        }
    }
}
